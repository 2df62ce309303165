
  // ---- round trips and ways over time
  const TRIPS = { data: 'DATA to SACK', heartbeat: 'HEARTBEAT to its ACK', 'one-way': 'sent to arrived' };
  // A scale that begins at 0, or one of powers of ten where the values lie far apart.
  const scaleOf = (least, most, bottom, height) => {
    if (most / Math.max(least, 1) > 100) {
      const low = Math.floor(Math.log10(Math.max(least, 1))), high = Math.ceil(Math.log10(most)), ticks = [];
      for (let power = low; power <= high; power++) ticks.push(10 ** power);
      return { y: (value) => bottom - (Math.log10(Math.max(value, 1)) - low) / Math.max(high - low, 1) * height, ticks };
    }
    const tick = roundStep(most / 4), ticks = [];
    for (let value = 0; value <= most; value += tick) ticks.push(value);
    return { y: (value) => bottom - value / Math.max(most, 1) * height, ticks };
  };
  const inMillis = (micros) => `${micros / 1000 >= 100 ? Math.round(micros / 1000) : Number((micros / 1000).toPrecision(3))} ms`;
  const drawTrips = (run, place, title, kinds) => {
    const { data } = run, all = waysOf(data), way = all[run.wayOf];
    const tracks = way ? way.trips.tracks.filter((it) => kinds.includes(it.kind)) : [];
    if (tracks.length === 0) { place.replaceChildren(); return; }
    const [from, to] = run.view, frame = frameOf(place), { left, right } = frame, HEIGHT = 150, bottom = HEIGHT + 10;
    const x = (t) => left + (t - from) / (to - from) * (right - left);
    const points = tracks.flatMap((it) => it.points.filter(([t]) => t >= from && t <= to).map(([t, least, most]) => ({ t, least, most, link: it.link, kind: it.kind })));
    const least = points.reduce((a, it) => Math.min(a, it.least), Infinity), most = points.reduce((a, it) => Math.max(a, it.most), 1);
    const { y, ticks } = scaleOf(Math.min(least, most), most, bottom, HEIGHT);
    const parts = ticks.flatMap((it) => [s('line', { x1: left, x2: right, y1: y(it), y2: y(it), class: 'grid' }), s('text', { x: left - 8, y: y(it) + 4, 'text-anchor': 'end', class: 'axis' }, inMillis(it))]);
    if (points.length === 0) parts.push(s('text', { x: left + 8, y: 24 }, 'nothing in this stretch of time'));
    for (const it of points) {
      const px = x(it.t).toFixed(1), words = `${TRIPS[it.kind]} on ${data.links[it.link]} at ${seconds(it.t)} s: ${it.least === it.most ? inMillis(it.most) : `${inMillis(it.least)} to ${inMillis(it.most)}`}`;
      const mark = it.kind === 'heartbeat' ? s('path', { d: `M${px},${(y(it.most) - 4).toFixed(1)}l4,4l-4,4l-4,-4z`, class: `trip ${path(it.link)}` }) : s('circle', { cx: px, cy: y(it.most).toFixed(1), r: 2.4, class: `trip ${path(it.link)}` });
      parts.push(s('g', {}, s('title', {}, words), it.least === it.most ? null : s('line', { x1: px, x2: px, y1: y(it.least).toFixed(1), y2: y(it.most).toFixed(1), class: `span ${path(it.link)}` }), mark));
    }
    const counted = tracks.reduce((sum, it) => sum + it.count, 0), thin = tracks.reduce((a, it) => Math.max(a, it.of), 1);
    const shortest = tracks.reduce((a, it) => it.points.reduce((b, p) => Math.min(b, p[1]), a), Infinity), longest = tracks.reduce((a, it) => it.points.reduce((b, p) => Math.max(b, p[2]), a), 0);
    const told = `${title} from ${way.from} to ${way.to}: ${counted} measured, ${inMillis(shortest)} to ${inMillis(longest)}`;
    const rows = tracks.map((it) => [`${TRIPS[it.kind]} on ${data.links[it.link]}`, it.count, inMillis(it.points.reduce((a, p) => Math.min(a, p[1]), Infinity)), inMillis(it.mean), inMillis(it.points.reduce((a, p) => Math.max(a, p[2]), 0))]);
    const long = [...points].sort((a, b) => b.most - a.most).slice(0, 20).map((it) => h('li', {}, goingTo(run, it.t), ` ${inMillis(it.most)}, ${TRIPS[it.kind]} on ${data.links[it.link]}`));
    const paths = [...new Set(tracks.map((it) => it.link))].map((link) => { const name = h('span', { class: path(link) }, data.links[link]); name.style.color = 'var(--path)'; return name; });
    place.replaceChildren(...[
      h('h2', {}, title),
      h('div', { class: 'legend' }, choiceOf(run, all), ...(kinds.includes('data') ? [h('span', {}, '● DATA to the SACK that has it'), h('span', {}, '◆ HEARTBEAT to HEARTBEAT ACK')] : [h('span', {}, '● from where it was sent to where it arrived')]), ...paths, thin > 1 ? h('span', {}, `a bar stands for up to ${thin}`) : null),
      pictureOf(run, frame, bottom + 8, told, parts),
      kinds.includes('data') && way.trips.leftOut > 0 ? h('p', { class: 'where' }, `Left out: ${way.trips.leftOut} ${way.trips.leftOut === 1 ? 'TSN that was' : 'TSNs that were'} sent more than once, of which nobody knows which time is answered (Karn's rule, RFC 9260, section 6.3.1).`) : null,
      tableOf(['', 'measured', 'shortest', 'mean', 'longest'], rows),
      folded(run, title, 'The longest', h('ul', { class: 'turns why' }, ...long))].filter(Boolean));
  };
