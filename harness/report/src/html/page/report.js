  // ---- what the page carries along
  const bytesOf = async (id) => {
    const packed = atob(document.getElementById(id).textContent.trim());
    const bytes = Uint8Array.from(packed, (character) => character.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Response(stream).arrayBuffer();
  };
  const dataOf = async (number) => JSON.parse(new TextDecoder().decode(await bytesOf(`data-${number}`)));

  // ---- curves
  const STATES = { SCTP_ACTIVE: ['active', 'active'], SCTP_INACTIVE: ['inactive', 'inactive'], SCTP_UNCONFIRMED: ['unconfirmed', 'not confirmed yet'] };
  const stateOf = (name) => STATES[name] || ['pf', 'potentially failed'];
  const METRICS = [
    { name: 'error count', short: 'errors', of: (p) => p.errors, per: 'path' },
    { name: 'RTO (s)', of: (p) => p.rto / 1000, per: 'path', log: true },
    { name: 'cwnd (B)', of: (p) => p.cwnd, per: 'path' },
    { name: 'flight (B)', per: 'flight' },
    { name: 'unacknowledged (chunks)', short: 'unacked', per: 'unacked' },
    { name: 'queued (chunks)', short: 'queued', per: 'queue' },
    { name: 'messages delivered', short: 'delivered', per: 'delivery' },
  ];
  // 1, 2 or 5 times a power of ten, and not less than asked for.
  const roundStep = (least) => {
    const power = 10 ** Math.floor(Math.log10(Math.max(least, 1)));
    return [1, 2, 5, 10].map((it) => it * power).find((it) => it >= least);
  };
  // The last point at or before a time.
  const at = (points, t, key = (p) => p.t) => {
    let low = 0, high = points.length;
    while (low < high) { const middle = (low + high) >> 1; if (key(points[middle]) <= t) low = middle + 1; else high = middle; }
    return low - 1;
  };
  const curvesOf = (data, endpoint) => {
    const paths = data.series.paths.filter((it) => it.endpoint === endpoint);
    const linkOf = (address) => data.addresses[address] ?? 0;
    return METRICS.map((metric) => {
      let curves = [];
      if (metric.per === 'path') {
        curves = paths.map((it) => ({ link: linkOf(it.address), points: it.samples.filter((p) => metric.of(p) !== undefined).map((p) => [p.t, metric.of(p), p.since]) }));
      } else if (metric.per === 'flight') {
        curves = data.flight.paths.filter((it) => it.endpoint === endpoint).map((it) => ({ link: linkOf(it.address), points: it.samples }));
      } else if (metric.per === 'unacked') {
        curves = data.flight.chunks.filter((it) => it.endpoint === endpoint).map((it) => ({ link: 4, points: it.samples }));
      } else if (metric.per === 'queue') {
        curves = data.series.queues.filter((it) => it.endpoint === endpoint).map((it) => ({ link: 4, points: it.samples }));
      } else {
        curves = data.series.delivery.map((it) => ({ link: 3, points: it.received.map((t, index) => [t, index + 1]) }));
      }
      curves = curves.filter((curve) => curve.points.length > 0);
      const most = Math.max(1, ...curves.flatMap((curve) => curve.points.map((p) => p[1])));
      const place = (value) => (metric.log ? Math.log10(1 + value) / Math.log10(1 + most) : value / most);
      const valueAt = (curve, t) => { const i = at(curve.points, t, (p) => p[0]); return i < 0 ? undefined : curve.points[i][1]; };
      return { ...metric, curves, most, place, valueAt };
    }).filter((metric) => metric.curves.length > 0);
  };

  // ---- one run
  class Run {
    constructor(section, data, number) {
      this.section = section; this.data = data; this.number = number;
      this.open = new Set();
      this.hiddenKinds = new Set(['message']);
      this.words = ''; this.links = new Set(data.links.keys());
      this.view = [0, Math.max(data.duration, 1)];
      this.all = false;
      const endpoints = [...new Set(data.series.paths.map((it) => it.endpoint))];
      const turns = (endpoint) => data.series.paths.filter((it) => it.endpoint === endpoint).flatMap((it) => it.samples.map((p, i, all) => (i > 0 && all[i - 1].state !== p.state ? 1 : 0))).reduce((a, b) => a + b, 0);
      this.endpoints = endpoints;
      this.endpoint = [...endpoints].sort((a, b) => turns(b) - turns(a))[0];
      this.overview = section.querySelector('.overview');
      this.ladder = section.querySelector('.ladder');
      this.tools = section.querySelector('.tools'); this.tsns = section.querySelector('.tsns');
      this.streams = section.querySelector('.streams'); this.trips = section.querySelector('.trips'); this.ways = section.querySelector('.ways');
      this.opened = new Set();
      const all = waysOf(data);
      // The busiest direction.
      this.wayOf = all.reduce((best, way, i) => (way.data.points.length * way.data.of > all[best].data.points.length * all[best].data.of ? i : best), 0);
      onWidth(this.overview, () => this.drawOverview());
      section.querySelectorAll('.turns button').forEach((it) => it.addEventListener('click', () => this.goTo(Number(it.dataset.t))));
      this.buildTools(); this.draw();
    }
    draw() { this.metrics = curvesOf(this.data, this.endpoint); this.drawOverview(); this.drawLadder(); }
    get carriesCapture() { return Boolean(document.getElementById(`capture-${this.number}`)); }

    buildTools() {
      const button = (words, act, more = {}) => h('button', { type: 'button', on: { click: act }, ...more }, words);
      const kinds = [['packet', 'packets'], ['notification', 'notifications'], ['call', 'calls'], ['path', 'path states'], ['message', 'messages'], ['step', 'steps']].filter(([kind]) => this.data.rows.some((row) => (row.k === 'note' ? row.kind : row.k) === kind));
      const check = (words, checked, act) => h('label', {}, h('input', { type: 'checkbox', checked, on: { change: (event) => act(event.target.checked) } }), ` ${words}`);
      const toggle = (set, key, on) => { if (on) set.add(key); else set.delete(key); this.drawLadder(); };
      this.tools.append(
        h('span', { class: 'group' },
          h('input', { type: 'search', placeholder: 'filter, as DATA tsn+11', 'aria-label': 'show only rows with these words', on: { input: (event) => { this.words = event.target.value.toLowerCase(); this.drawLadder(); } } }),
          this.count = h('span', { role: 'status', class: 'where' })),
        h('span', { class: 'group', role: 'group', 'aria-label': 'kinds of rows' }, ...kinds.map(([kind, words]) => check(words, !this.hiddenKinds.has(kind), (on) => toggle(this.hiddenKinds, kind, !on)))),
        h('span', { class: 'group', role: 'group', 'aria-label': 'links' }, ...this.data.links.map((name, link) => { const label = check(name, true, (on) => toggle(this.links, link, on)); label.className = path(link); label.style.color = 'var(--path)'; return label; })),
        h('span', { class: 'group' },
          this.every = button('Unfold all', () => { this.all = !this.all; this.open.clear(); this.every.textContent = this.all ? 'Fold' : 'Unfold all'; this.every.setAttribute('aria-pressed', String(this.all)); this.drawLadder(); }, { 'aria-pressed': 'false' }),
          button('−', () => this.scale(1 / 1.2), { 'aria-label': 'ladder smaller' }), button('+', () => this.scale(1.2), { 'aria-label': 'ladder larger' }),
          this.endpoints.length > 1 ? h('label', {}, 'curves of ', h('select', { on: { change: (event) => { this.endpoint = event.target.value; this.draw(); } } }, ...this.endpoints.map((name) => h('option', { value: name, selected: name === this.endpoint }, name)))) : null,
          this.carriesCapture ? button('Download the capture', () => this.download()) : null));
    }
    scale(factor) {
      this.zoom = Math.min(3, Math.max(0.5, (this.zoom || 1) * factor));
      this.section.style.setProperty('--scale', this.zoom);
    }
    async hexOf(number) {
      this.packets = this.packets || packetsOf(await bytesOf(`capture-${this.number}`));
      const bytes = this.packets[number];
      return bytes ? hex(bytes) : 'The capture has no such packet.';
    }
    async download() {
      const id = `capture-${this.number}`;
      const url = URL.createObjectURL(new Blob([await bytesOf(id)], { type: 'application/octet-stream' }));
      const link = h('a', { href: url, download: document.getElementById(id).dataset.name });
      document.body.append(link); link.click(); link.remove();
      setTimeout(() => URL.revokeObjectURL(url), 10000);
    }

    // ---- the whole run over time
    drawOverview() {
      const { data } = this, [from, to] = this.view;
      const { width: WIDTH, isNarrow, left, right } = frameOf(this.overview), LEFT = isNarrow ? 12 : left;
      const x = (t) => LEFT + (t - from) / (to - from) * (right - LEFT);
      const inside = (t) => t >= from && t <= to;
      const parts = []; let y = 12;
      // Beside a row, or in a line above it.
      const label = (words) => {
        if (!isNarrow) return parts.push(s('text', { x: LEFT - 8, y: y + 11, 'text-anchor': 'end' }, words));
        parts.push(s('text', { x: LEFT + 4, y: y + 11 }, words));
        y += 16;
      };
      const marks = data.rows.filter((row) => row.k === 'step' && row.kind === 'acts' && inside(row.t));
      // Their words in as many lines as it takes for none to cover another.
      const LINE = 13, LETTER = 6.3, taken = [];
      for (const row of marks) {
        const words = row.text.length > 32 ? `${row.text.slice(0, 31)}…` : row.text, wide = words.length * LETTER;
        const left = Math.min(x(row.t) + 3, right - wide);
        let line = taken.findIndex((end) => end + 8 <= left);
        if (line < 0) line = taken.length;
        taken[line] = left + wide;
        parts.push(s('text', { x: left, y: y + 4 + line * LINE, class: 'axis' }, s('title', {}, row.text), words));
      }
      y += 4 + taken.length * LINE;
      const marksTop = y;
      for (const curve of data.series.paths) {
        const link = data.addresses[curve.address];
        label(`${curve.endpoint} → ${link === undefined ? curve.address : `${data.links[link]} (${curve.address})`}`);
        curve.samples.forEach((p, i) => {
          const next = i + 1 < curve.samples.length ? curve.samples[i + 1].t : data.duration;
          if (next < from || p.t > to) return;
          const [state, words] = stateOf(p.state), left = Math.max(x(p.t), LEFT), end = Math.min(x(next), right);
          // Its state is known up to the last look before another one was seen.
          const after = curve.samples[i + 1], known = after && after.state !== p.state && after.since !== undefined ? Math.min(Math.max(x(after.since), left), end) : end;
          const path = `${curve.endpoint} → ${curve.address}${link === undefined ? '' : ` (${data.links[link]})`}`;
          parts.push(s('rect', { x: left, y, width: Math.max(known - left + 0.3, 0.5), height: 13, class: `st-${state}` }, s('title', {}, `${path}: ${words} from ${seconds(p.t)} s`)));
          if (end - known > 0.5) parts.push(s('rect', { x: known, y, width: end - known, height: 13, class: `st-${state} unsure` }, s('title', {}, `${path}: ${stateOf(after.state)[1]} since some time between ${seconds(after.since)} s and ${seconds(after.t)} s`)));
        });
        y += 18;
      }
      data.links.forEach((name, link) => {
        label(`data and losses on ${name}`);
        for (const row of data.rows) {
          if (row.k !== 'packet' || row.link !== link || !inside(row.t)) continue;
          if (row.data || row.lost) parts.push(s('line', { x1: x(row.t), x2: x(row.t), y1: row.lost ? y - 1 : y + 3, y2: y + 13, class: `tick ${path(link)}${row.lost ? ' lost' : ''}` }));
        }
        y += 18;
      });
      for (const metric of this.metrics) {
        if (isNarrow) label(`${metric.name}, up to ${metric.most}`);
        const top = y + 4, height = 34;
        if (!isNarrow) parts.push(s('text', { x: LEFT - 8, y: top + 14, 'text-anchor': 'end' }, metric.name), s('text', { x: LEFT - 8, y: top + 29, 'text-anchor': 'end', class: 'axis' }, `up to ${metric.most}`));
        for (const curve of metric.curves) {
          const first = Math.max(at(curve.points, from, (p) => p[0]), 0);
          let d = '', unsure = '', before = 0;
          for (let i = first; i < curve.points.length && curve.points[i][0] <= to; i++) {
            const [t, value, since] = curve.points[i], px = Math.max(x(t), LEFT).toFixed(1), py = (top + height - metric.place(value) * (height - 4)).toFixed(1);
            if (d === '') d = `M${px},${py}`;
            else if (py === before) d += `H${px}`;
            else if (since !== undefined && x(t) - x(since) > 1) {
              // It has changed at some time between two looks.
              const known = Math.max(x(since), LEFT, x(curve.points[i - 1][0])).toFixed(1);
              d += `H${known}M${px},${py}`; unsure += `M${known},${before}L${px},${py}`;
            } else d += `H${px}V${py}`;
            before = py;
          }
          if (unsure) parts.push(s('path', { d: unsure, class: `curve unsure ${path(curve.link)}` }));
          if (d) parts.push(s('path', { d: `${d}H${right}`, class: `curve ${path(curve.link)}` }));
        }
        parts.push(s('line', { x1: LEFT, x2: right, y1: top + height, y2: top + height, class: 'grid' }));
        y += 44;
      }
      const bottom = y;
      for (const row of marks) parts.push(s('line', { x1: x(row.t), x2: x(row.t), y1: marksTop - 6, y2: bottom, class: 'mark' }));
      const tick = roundStep((to - from) / (isNarrow ? 5 : 8));
      for (let t = Math.ceil(from / tick) * tick; t <= to; t += tick) {
        parts.push(s('line', { x1: x(t), x2: x(t), y1: bottom, y2: bottom + 4, class: 'grid' }), s('text', { x: x(t), y: bottom + 16, 'text-anchor': x(t) > right - 20 ? 'end' : 'middle', class: 'axis' }, `${t / 1e6} s`));
      }
      this.cursor = s('line', { x1: -9, x2: -9, y1: marksTop - 6, y2: bottom, class: 'cursor' });
      const picture = s('svg', { viewBox: `0 0 ${WIDTH} ${bottom + 22}`, role: 'img', 'aria-label': this.told() }, ...parts, this.cursor);
      picture.addEventListener('click', (event) => {
        const box = picture.getBoundingClientRect();
        const t = from + ((event.clientX - box.left) / box.width * WIDTH - LEFT) / (right - LEFT) * (to - from);
        if (t >= from) this.goTo(t);
      });
      this.toX = x;
      const zoom = (factor, move = 0) => {
        const [a, b] = this.view, middle = (a + b) / 2 + move * (b - a), half = Math.min((b - a) * factor / 2, data.duration / 2);
        const left = Math.min(Math.max(0, middle - half), data.duration - 2 * half);
        this.view = [left, left + Math.max(2 * half, 1000)]; this.drawOverview();
      };
      const button = (words, name, act) => h('button', { type: 'button', 'aria-label': name, on: { click: act } }, words);
      const swatch = (state, words) => h('span', {}, s('svg', { viewBox: '0 0 14 14', 'aria-hidden': 'true' }, s('rect', { width: 14, height: 14, class: `st-${state}` })), ` ${words}`);
      const states = data.series.paths.length === 0 ? [] : [swatch('active', 'path active'), swatch('pf', 'potentially failed'), swatch('inactive', 'inactive (unreachable)'), swatch('unconfirmed', 'not confirmed yet')];
      this.overview.replaceChildren(
        h('h2', {}, 'Over time'),
        h('div', { class: 'legend' }, ...states, h('span', { class: 'bad' }, '| lost'),
          h('span', { role: 'group', 'aria-label': 'time axis' }, button('+', 'zoom in', () => zoom(0.5)), ' ', button('−', 'zoom out', () => zoom(2)), ' ', button('◂', 'earlier', () => zoom(1, -0.4)), ' ', button('▸', 'later', () => zoom(1, 0.4)), ' ', button('whole', 'whole run', () => { this.view = [0, Math.max(data.duration, 1)]; this.drawOverview(); }))),
        picture);
      this.drawWays();
    }
    // What one end of an association sent.
    drawWays() {
      this.drawTsns(); drawStreams(this, this.streams);
      drawTrips(this, this.trips, 'Round trips', ['data', 'heartbeat']); drawTrips(this, this.ways, 'One way', ['one-way']);
    }

    // ---- TSNs over time: of one direction of an association
    drawTsns() {
      const { data } = this, [from, to] = this.view;
      const all = waysOf(data), way = all[this.wayOf];
      if (!way || way.data.points.length === 0) { this.tsns.replaceChildren(); return; }
      const { width: WIDTH, isNarrow, left: LEFT, right } = frameOf(this.tsns), TOP = isNarrow ? 24 : 8, HEIGHT = 260, WINDOW = 40;
      const x = (t) => LEFT + (t - from) / (to - from) * (right - LEFT);
      const inside = (point) => point >= from && point <= to;
      const sent = way.data.points.filter((it) => inside(it[0])), again = way.again.filter((it) => inside(it.t));
      const first = Math.max(at(way.acks.points, from, (it) => it[0]), 0);
      const acks = way.acks.points.slice(first).filter((it) => it[0] <= to);
      const seen = [...sent.map((it) => it[1]), ...again.map((it) => it.tsn), ...acks.filter((it) => inside(it[0])).map((it) => it[1])];
      const low = seen.reduce((a, b) => Math.min(a, b), Infinity), high = Math.max(seen.reduce((a, b) => Math.max(a, b), -Infinity), low + 1);
      const parts = [], y = (tsn) => TOP + HEIGHT - (tsn - low) / (high - low) * (HEIGHT - 8) - 4;
      const label = (words, top) => parts.push(isNarrow ? s('text', { x: 8, y: top - 18 }, words) : s('text', { x: LEFT - 8, y: top, 'text-anchor': 'end' }, words));
      const axis = (words, top) => parts.push(s('text', { x: LEFT - 8, y: top, 'text-anchor': 'end', class: 'axis' }, words));
      if (seen.length > 0) { label('TSN, counted from the first', TOP + 12); axis(`tsn+${high}`, TOP + (isNarrow ? 12 : 28)); axis(`tsn${low < 0 ? low : `+${low}`}`, TOP + HEIGHT); }
      else label('nothing in this stretch of time', TOP + 12);
      // What has been acknowledged, and what of it beyond a gap.
      let d = '';
      for (const [t, tsn] of acks) { const px = Math.max(x(t), LEFT).toFixed(1), py = Math.min(Math.max(y(tsn), TOP), TOP + HEIGHT).toFixed(1); d += d === '' ? `M${px},${py}` : `H${px}V${py}`; }
      if (d) parts.push(s('path', { d: `${d}H${right}`, class: 'curve acked' }, s('title', {}, 'cumulative TSN ack')));
      for (const [t, tsn, , gaps] of acks) for (const [a, b] of gaps) {
        if (inside(t)) parts.push(s('line', { x1: x(t), x2: x(t), y1: y(a) + 2, y2: y(b) - 2, class: 'gap' }, s('title', {}, `gap ack block tsn+${a} to tsn+${b}, behind tsn+${tsn}, at ${seconds(t)} s`)));
      }
      for (const [t, tsn, link, lost] of sent) parts.push(s('circle', { cx: x(t).toFixed(1), cy: y(tsn).toFixed(1), r: lost ? 3 : 2.2, class: `${path(link)} ${lost ? 'sent lost' : 'sent'}` }, s('title', {}, `tsn+${tsn} on ${data.links[link]} at ${seconds(t)} s${lost ? ', lost' : ''}`)));
      for (const it of again) {
        const px = x(it.t), py = y(it.tsn);
        parts.push(s('path', { d: `M${(px - 4).toFixed(1)},${(py - 4).toFixed(1)}l8,8m0,-8l-8,8`, class: `again ${path(it.link)}` }, s('title', {}, `tsn+${it.tsn} again on ${data.links[it.link]} at ${seconds(it.t)} s${it.before === undefined || it.before === it.link ? '' : `, before on ${data.links[it.before]}`}: ${it.why}${it.lost ? '; lost' : ''}`)));
      }
      // The window that the receiver offers.
      const most = acks.reduce((a, it) => Math.max(a, it[2]), 1), top = TOP + HEIGHT + (isNarrow ? 24 : 8);
      if (acks.length > 0) {
        label('a_rwnd (B)', top + 14); axis(`${isNarrow ? '' : 'up to '}${most}`, top + (isNarrow ? 12 : 29));
        let w = '';
        for (const [t, , window] of acks) { const px = Math.max(x(t), LEFT).toFixed(1), py = (top + WINDOW - window / most * (WINDOW - 4)).toFixed(1); w += w === '' ? `M${px},${py}` : `H${px}V${py}`; }
        parts.push(s('path', { d: `${w}H${right}`, class: 'curve acked' }));
      }
      const picture = s('svg', { viewBox: `0 0 ${WIDTH} ${top + WINDOW + 6}`, role: 'img', 'aria-label': `TSNs from ${way.from} to ${way.to}: ${sent.length * way.data.of} sent, ${again.length} sent again` }, ...parts);
      picture.addEventListener('click', (event) => {
        const box = picture.getBoundingClientRect(), t = from + ((event.clientX - box.left) / box.width * WIDTH - LEFT) / (right - LEFT) * (to - from);
        if (t >= from) this.goTo(t);
      });
      const thin = Math.max(way.data.of, way.acks.of);
      const rows = again.slice(0, 200).map((it) => h('li', {}, h('button', { type: 'button', on: { click: () => this.goTo(it.t) } }, `${seconds(it.t)} s`), ` tsn+${it.tsn} on ${data.links[it.link]}: ${it.why}`));
      if (again.length > rows.length) rows.push(h('li', {}, `and ${again.length - rows.length} more`));
      const list = again.length === 0 ? null : folded(this, 'again', `${again.length} sent again, and why`, h('ul', { class: 'turns why' }, ...rows));
      this.tsns.replaceChildren(...[
        h('h2', {}, 'TSNs over time'),
        h('div', { class: 'legend' }, choiceOf(this, all), h('span', {}, '● sent first'), h('span', {}, '✗ sent again'), h('span', {}, '─ cumulative TSN ack'), h('span', {}, '│ gap ack block'), thin > 1 ? h('span', {}, `one point of ${thin} is drawn`) : null),
        picture, list].filter(Boolean));
    }
    // The turns of the paths, for who cannot see the picture.
    told() {
      const turns = [];
      for (const curve of this.data.series.paths) curve.samples.forEach((p, i) => { if (i > 0 && curve.samples[i - 1].state !== p.state) turns.push([p.t, `${curve.endpoint} to ${curve.address}: ${stateOf(p.state)[1]} at ${seconds(p.t, 1)} s`]); });
      return `Paths over time. ${turns.sort((a, b) => a[0] - b[0]).map((it) => it[1]).join('; ')}`;
    }
    goTo(t) {
      const rows = [...this.list.children].filter((row) => Number(row.dataset.t) <= t);
      const row = rows[rows.length - 1] || this.list.firstElementChild;
      if (!row) return;
      this.mark(row); row.scrollIntoView({ block: 'center' });
      const button = row.querySelector('button'); if (button) button.focus({ preventScroll: true });
    }
    mark(row) {
      this.list.querySelectorAll('.here').forEach((it) => it.classList.remove('here'));
      row.classList.add('here');
      const x = this.toX(Number(row.dataset.t)); this.cursor.setAttribute('x1', x); this.cursor.setAttribute('x2', x);
    }

    // ---- the ladder
    wanted(row) {
      const kind = row.k === 'note' ? row.kind : row.k;
      if (kind !== 'fold' && this.hiddenKinds.has(kind)) return false;
      if (row.k === 'packet' && !this.links.has(row.link)) return false;
      if (this.words === '') return true;
      if (row.k === 'fold') return false;
      if (row.k === 'packet') return `${this.data.links[row.link]} ${row.label} ${row.fault || ''}`.toLowerCase().includes(this.words);
      return row.text.toLowerCase().includes(this.words);
    }
    drawLadder() {
      const { data } = this, searching = this.words !== '';
      const TIME = 70, wide = TIME + Math.max(640, 330 * (data.hosts.length - 1)) + 20;
      const lane = (host) => TIME + 14 + host * (wide - TIME - 34) / Math.max(data.hosts.length - 1, 1);
      this.geometry = { TIME, wide, lane };
      const chartPaths = data.series.paths.filter((it) => it.endpoint === this.endpoint);
      const BAND = 16, COLUMN = 74, chartsWide = 12 + chartPaths.length * (BAND + 2) + this.metrics.length * COLUMN + 8;
      const shown = data.rows.filter((row) => {
        if (!this.wanted(row)) return false;
        if (row.k === 'fold') return row.shut || !this.all;
        return row.fold === undefined || this.all || searching || this.open.has(row.fold);
      });
      this.count.textContent = `${shown.filter((row) => row.k === 'packet').length} of ${data.rows.filter((row) => row.k === 'packet').length} packets shown`;
      const lanes = () => data.hosts.map((_, host) => s('line', { x1: lane(host), x2: lane(host), y1: 0, y2: 26, class: 'lane' }));
      let before = null;
      const charts = (row) => {
        const t = row.until ?? row.t, parts = []; let left = 12;
        for (const it of chartPaths) {
          const i = at(it.samples, t); const p = it.samples[i];
          if (p) parts.push(s('rect', { x: left, y: 0, width: BAND, height: 26, class: `st-${stateOf(p.state)[0]}` }, s('title', {}, `${it.endpoint} → ${it.address}: ${stateOf(p.state)[1]}${p.errors === undefined ? '' : `, error count ${p.errors}`}, RTO ${p.rto / 1000} s`)));
          if (p && p.errors > 0) parts.push(s('text', { x: left + BAND / 2, y: 18, 'text-anchor': 'middle' }, String(p.errors)));
          left += BAND + 2;
        }
        for (const metric of this.metrics) {
          parts.push(s('line', { x1: left + 4, x2: left + 4, y1: 0, y2: 26, class: 'lane' }));
          for (const curve of metric.curves) {
            const now = metric.valueAt(curve, t), was = before === null ? undefined : metric.valueAt(curve, before);
            if (now === undefined) continue;
            const px = (value) => left + 6 + metric.place(value) * (COLUMN - 14);
            parts.push(s('path', { d: `M${px(was ?? now).toFixed(1)},0 H${px(now).toFixed(1)} V26`, class: `curve ${path(curve.link)}` }, s('title', {}, `${metric.name}: ${now}`)));
          }
          left += COLUMN;
        }
        before = t;
        const picture = s('svg', { viewBox: `0 0 ${chartsWide} 26`, 'aria-hidden': 'true' }, ...parts); picture.style.setProperty('--wide', `${chartsWide}px`);
        return picture;
      };
      const head = () => {
        const names = s('svg', { viewBox: `0 0 ${wide} 34`, 'aria-hidden': 'true' }, s('text', { x: 4, y: 26, class: 'time' }, 'seconds'), ...data.hosts.map((name, host) => s('text', { x: lane(host), y: 26, 'text-anchor': host === 0 ? 'start' : host === data.hosts.length - 1 ? 'end' : 'middle', 'font-weight': 700 }, name)));
        names.style.setProperty('--wide', `${wide}px`);
        let left = 12 + chartPaths.length * (BAND + 2);
        const titles = [s('text', { x: 12, y: 12 }, chartPaths.length === 0 ? '' : `${this.endpoint}: paths`), ...chartPaths.map((it, i) => s('text', { x: 12 + i * (BAND + 2) + BAND / 2, y: 28, 'text-anchor': 'middle' }, s('title', {}, it.address), String(i + 1)))];
        for (const metric of this.metrics) { titles.push(s('text', { x: left + 6, y: 28 }, metric.short || metric.name)); left += COLUMN; }
        const curves = s('svg', { viewBox: `0 0 ${chartsWide} 34`, 'aria-hidden': 'true' }, ...titles); curves.style.setProperty('--wide', `${chartsWide}px`);
        return h('div', { class: 'head' }, names, curves);
      };
      this.list = h('ol', { class: 'rows', 'aria-label': 'what happened, in order of time' }, ...shown.map((row) => {
        const item = this.row(row, lanes); item.querySelector('.line').after(charts(row)); return item;
      }));
      this.list.addEventListener('keydown', (event) => this.key(event));
      this.list.addEventListener('focusin', (event) => { const row = event.target.closest('.row'); if (row) this.mark(row); });
      const named = chartPaths.map((it, i) => `${i + 1} ${data.addresses[it.address] === undefined ? it.address : `${data.links[data.addresses[it.address]]} (${it.address})`}`).join(', ');
      const legend = h('p', { class: 'legend' }, ...[['notification', '◆ notification'], ['call', '◇ call'], ['path', '▪ state of a path'], ['message', '• message']].filter(([kind]) => data.rows.some((row) => row.kind === kind)).map(([, words]) => h('span', {}, words)), named && h('span', {}, `paths of ${this.endpoint}: ${named}`), h('span', {}, 'A row opens by a click or Enter; the arrow keys go from row to row.'));
      this.ladder.replaceChildren(h('h2', {}, 'The ladder'), legend, head(), this.list);
    }
    key(event) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step) return;
      const buttons = [...this.list.querySelectorAll('button.line')], next = buttons[buttons.indexOf(document.activeElement) + step];
      if (next) { event.preventDefault(); next.focus(); }
    }
    row(row, lanes) {
      const { TIME, wide, lane } = this.geometry, { data } = this;
      const parts = [...lanes(), s('text', { x: TIME - 8, y: 18, 'text-anchor': 'end', class: 'time' }, seconds(row.t))];
      const said = [];
      let words = '', kind = row.k, act = null;
      if (row.k === 'packet') {
        const from = lane(row.from), to = lane(row.to), way = Math.sign(to - from) || 1, start = from + 3 * way;
        const broken = row.lost || row.underWay, fault = quoted(row.fault), why = fault || (row.lost ? 'lost on the link' : 'under way when the run ended');
        const end = broken ? from + (to - from) * 0.55 : to - 3 * way, left = broken ? from + 10 * way : Math.min(from, to) + (way < 0 ? 16 : 10), anchor = broken && way < 0 ? 'end' : 'start';
        parts.push(s('line', { x1: start, x2: end, y1: 20, y2: 20, class: 'arrow' }));
        if (broken) parts.push(s('text', { x: end + 4 * way, y: 24, 'text-anchor': way > 0 ? 'start' : 'end', class: row.lost ? 'fault' : 'faint' }, `${row.lost ? '✗' : '…'} ${why}`));
        else parts.push(s('path', { d: `M${end},20 l${-8 * way},-4 v8 z`, class: 'tip' }));
        parts.push(s('text', { x: left, y: 14, 'text-anchor': anchor }, s('tspan', { class: 'on' }, data.links[row.link]), `  ${row.label}`, row.fault && !broken ? s('tspan', { class: 'fault' }, `  ${fault}`) : ''));
        words = `${data.hosts[row.from]} to ${data.hosts[row.to]} on ${data.links[row.link]}: ${row.label}. ${broken ? `${row.lost ? 'Lost' : 'Not arrived'}: ${why}` : row.arrived === undefined ? '' : `Arrives after ${seconds(row.arrived - row.t)} s`}`;
        kind = `packet ${path(row.link)}`;
        act = (item, button) => this.details(item, button, row);
      } else if (row.k === 'note') {
        const host = row.host ?? 0, mark = { notification: '◆', call: '◇', path: '▪', message: '•' }[row.kind], last = host > 0 && host === data.hosts.length - 1;
        parts.push(s('text', { x: lane(host), y: 18, 'text-anchor': 'middle' }, mark), s('text', { x: lane(host) + (last ? -12 : 12), y: 18, 'text-anchor': last ? 'end' : 'start' }, row.text));
        words = `${data.hosts[host]}: ${row.text}`; kind = row.kind;
      } else if (row.k === 'step') {
        parts.push(s('line', { x1: TIME, x2: TIME + 24, y1: 14, y2: 14, class: 'rule' }), s('text', { x: TIME + 30, y: 18 }, row.text), s('line', { x1: wide - 60, x2: wide - 6, y1: 14, y2: 14, class: 'rule' }));
        words = `step: ${row.text}`; kind = `step ${row.kind}`;
        if (row.say) said.push(...row.say.split('\n\n').map((paragraph) => h('p', { class: 'say' }, ...prose(paragraph))));
      } else {
        const isOpen = this.open.has(row.fold);
        parts.push(s('text', { x: TIME + 20, y: 18, class: 'faint' }, `${row.shut ? '⋯' : isOpen ? '▾' : '▸'} ${row.text}`));
        words = row.text;
        act = row.shut ? null : () => { if (isOpen) this.open.delete(row.fold); else this.open.add(row.fold); this.drawLadder(); const again = this.list.querySelector(`[data-fold="${row.fold}"] button`); if (again) again.focus(); };
      }
      const picture = s('svg', { viewBox: `0 0 ${wide} 26`, 'aria-hidden': 'true' }, ...parts); picture.style.setProperty('--wide', `${wide}px`);
      const aloud = h('span', { class: 'sr' }, `${seconds(row.t)} s, ${words}`);
      const item = h('li', { class: `row ${kind}`, 'data-t': row.t, 'data-fold': row.k === 'fold' ? row.fold : undefined });
      item.append(...said);
      const line = act ? h('button', { type: 'button', class: 'line', 'aria-expanded': row.k === 'fold' ? String(this.open.has(row.fold)) : 'false' }, aloud, picture) : h('div', { class: 'line' }, aloud, picture);
      if (act) line.addEventListener('click', () => act(item, line));
      item.append(line);
      return item;
    }
    details(item, button, row) {
      const known = item.querySelector('.fields');
      if (known) { known.remove(); button.setAttribute('aria-expanded', 'false'); return; }
      const table = (title, fields) => h('div', {}, h('h3', {}, title), h('table', {}, h('tbody', {}, ...fields.map(([name, value]) => h('tr', {}, h('th', { scope: 'row' }, name), h('td', {}, value))))));
      const about = [['path', `${this.data.links[row.link]}, ${this.data.hosts[row.from]} → ${this.data.hosts[row.to]}`], ['sent', `${seconds(row.t, 6)} s`], ['arrived', row.arrived === undefined ? (row.lost ? `never: ${quoted(row.fault) || 'lost on the link'}` : row.underWay ? 'not before the run ended' : 'not captured') : `${seconds(row.arrived, 6)} s`], ...row.header];
      const fields = h('div', { class: 'fields' }, table('packet', about), ...row.chunks.map((chunk) => table(chunk.name, chunk.fields)));
      if (row.number !== undefined && this.carriesCapture) {
        const bytes = h('button', { type: 'button', on: { click: async () => bytes.replaceWith(h('pre', { class: 'bytes', tabindex: 0, role: 'group', 'aria-label': 'bytes of the packet' }, await this.hexOf(row.number))) } }, 'Bytes');
        fields.append(bytes);
      }
      item.append(fields);
      button.setAttribute('aria-expanded', 'true');
    }
  }

  // ---- bytes of a packet
  // Where each packet of a capture lies: of pcapng in its blocks, of pcap behind its headers.
  const packetsOf = (buffer) => {
    const view = new DataView(buffer), places = [];
    let little = true;
    const word = (at) => view.getUint32(at, little), half = (at) => view.getUint16(at, little);
    if (word(0) === 0x0a0d0d0a) {
      for (let at = 0; at + 12 <= buffer.byteLength;) {
        if (view.getUint32(at) === 0x0a0d0d0a) little = view.getUint32(at + 8) === 0x4d3c2b1a;
        const kind = word(at), length = word(at + 4);
        if (length < 12 || length % 4 !== 0 || at + length > buffer.byteLength) break;
        if (kind === 6 && length >= 32) places.push([at + 28, word(at + 20)]);
        if (kind === 3) places.push([at + 12, Math.min(word(at + 8), length - 16)]);
        if (kind === 2 && length >= 32) places.push([at + 28, word(at + 20)]);
        at += length;
      }
    } else {
      little = [0xa1b2c3d4, 0xa1b23c4d, 0xa1b2cd34].includes(word(0));
      const header = view.getUint32(0, little) === 0xa1b2cd34 ? 24 : 16;
      for (let at = 24; at + header <= buffer.byteLength;) { const length = word(at + 8); places.push([at + header, length]); at += header + length; }
    }
    return places.map(([at, length]) => new Uint8Array(buffer, at, Math.max(0, Math.min(length, buffer.byteLength - at))));
  };
  const HEX = 4096;
  const hex = (bytes) => {
    const lines = [];
    for (let at = 0; at < Math.min(bytes.length, HEX); at += 16) {
      const row = [...bytes.subarray(at, at + 16)];
      const text = row.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join('');
      lines.push(`${at.toString(16).padStart(4, '0')}  ${row.map((byte) => byte.toString(16).padStart(2, '0')).join(' ').padEnd(47)}  ${text}`);
    }
    if (bytes.length > HEX) lines.push(`and ${bytes.length - HEX} more bytes`);
    return lines.join('\n');
  };

  // ---- exercises
  const bare = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  const isRight = (form, answer) => {
    if (form.dataset.value === undefined) return form.dataset.accepted.split(' ').includes(bare(answer)) && bare(answer) !== '';
    const given = answer.trim().replace(/[\p{L} ]+$/u, '').replace(',', '.');
    return given !== '' && Math.abs(Number(given) - Number(form.dataset.value)) <= Number(form.dataset.within);
  };
  document.querySelectorAll('form.exercise').forEach((form) => {
    const outcome = form.querySelector('.outcome'), why = form.querySelector('.why');
    const say = (right, words) => { outcome.className = `outcome ${right ? 'good' : 'bad'}`; outcome.textContent = words; };
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const input = form.querySelector('input:checked') || form.querySelector('input[type=text]');
      const right = Boolean(input) && isRight(form, input.value);
      say(right, right ? '✓ Right.' : '✗ Not so.');
      if (right) why.hidden = false;
    });
    form.querySelector('.show').addEventListener('click', () => { why.hidden = false; outcome.textContent = ''; });
  });

  // ---- one run at a time
  const sections = [...document.querySelectorAll('section.run')], matrix = document.getElementById('all');
  const drawn = new Map();
  const show = async () => {
    const id = decodeURIComponent(location.hash.slice(1)), asked = sections.findIndex((section) => section.id === id), number = asked >= 0 ? asked : matrix ? null : 0;
    sections.forEach((section, i) => { section.hidden = i !== number; });
    if (matrix) matrix.hidden = number !== null && Boolean(sections[number]);
    const section = sections[number];
    // The page may have become wider or narrower meanwhile.
    if (drawn.get(number)) drawn.get(number).drawOverview();
    if (!section || drawn.has(number)) return;
    drawn.set(number, null);
    try { drawn.set(number, new Run(section, await dataOf(number), number)); section.dataset.ready = 'true'; }
    catch (error) { section.querySelector('.ladder').textContent = `The ladder cannot be drawn: ${error.message}`; throw error; }
  };
  window.addEventListener('hashchange', () => { show(); window.scrollTo(0, 0); });
  show();
})();
