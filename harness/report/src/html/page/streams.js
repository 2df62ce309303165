
  // ---- messages of each stream over time
  const LANES = 24, ROWS = 4, ROW = 7;
  const endOf = (it, last) => it.acked ?? last;
  const called = (it) => (it.unordered ? `unordered (tsn+${it.first})` : `number ${it.number} (tsn+${it.first})`);
  const toldOf = (it, links) => {
    const words = [`stream ${it.stream}, ${called(it)}${it.last > it.first ? ` up to tsn+${it.last}` : ''}: sent at ${seconds(it.t)} s on ${links[it.link]}`];
    if (it.again) words.push('a chunk of it sent again');
    if (it.abandoned) words.push('given up by its sender');
    else if (it.arrived === null) words.push('not arrived, as far as is known');
    else words.push(`arrived ${seconds(it.arrived - it.t)} s later`);
    if (it.arrived !== null && it.delivered === null) words.push('waits for an earlier one of its stream to the end');
    else if (it.delivered > it.arrived) words.push(`waited ${seconds(it.delivered - it.arrived)} s for ${it.head ? `number ${it.head[0]} (tsn+${it.head[1]}${it.head[2] ? ', sent again' : ''})` : 'one that was not captured'}`);
    words.push(it.acked === null ? 'never acknowledged' : `acknowledged ${seconds(it.acked - it.t)} s after it was sent`);
    return words.join('; ');
  };
  // The messages of a lane in rows, so that none covers another.
  const inRows = (messages, last) => {
    const ends = [];
    return messages.map((it, i) => {
      let row = ends.findIndex((end) => end <= it.t);
      if (row < 0) row = ends.length < ROWS ? ends.length : i % ROWS;
      ends[row] = endOf(it, last);
      return [it, row];
    });
  };
  const drawStreams = (run, place) => {
    const { data } = run, all = waysOf(data), way = all[run.wayOf];
    if (!way || way.streams.streams.length === 0) { place.replaceChildren(); return; }
    const [from, to] = run.view, frame = frameOf(place), { left, right } = frame;
    const { streams, waited, of } = way.streams, last = data.duration;
    const x = (t) => left + (Math.min(Math.max(t, from), to) - from) / (to - from) * (right - left);
    const longest = new Map(waited.map((it) => [it.first, it]));
    const both = [...way.streams.messages.filter((it) => !longest.has(it.first)), ...waited];
    const seen = both.filter((it) => it.t <= to && endOf(it, last) >= from).sort((a, b) => a.t - b.t);
    // The lanes of those that waited, and of the busiest.
    const lanes = [...streams].sort((a, b) => b[1].waited - a[1].waited || b[1].messages - a[1].messages).slice(0, LANES).map((it) => it[0]).sort((a, b) => a - b);
    const parts = []; let y = 6;
    for (const number of lanes) {
      const mine = inRows(seen.filter((it) => it.stream === number), last), rows = 1 + mine.reduce((most, [, row]) => Math.max(most, row), 0), height = Math.max(rows * ROW, 14);
      parts.push(s('text', { x: left - 8, y: y + height / 2 + 4, 'text-anchor': 'end' }, `stream ${number}`), s('line', { x1: left, x2: right, y1: y + height + 3, y2: y + height + 3, class: 'grid' }));
      for (const [it, row] of mine) {
        const at = y + row * ROW + 4, bar = (a, b, kind) => s('line', { x1: x(a).toFixed(1), x2: Math.max(x(b), x(a) + 1.5).toFixed(1), y1: at, y2: at, class: kind });
        const bars = [bar(it.t, it.arrived ?? last, `${path(it.link)} under-way${it.arrived === null ? ' open' : ''}`)];
        if (it.arrived !== null && it.delivered !== it.arrived) bars.push(bar(it.arrived, it.delivered ?? last, 'held'));
        if (it.delivered !== null) bars.push(bar(it.delivered, it.acked ?? last, 'acking'));
        if (it.again && it.t >= from) bars.push(s('path', { d: `M${(x(it.t) - 3).toFixed(1)},${at - 3}l6,6m0,-6l-6,6`, class: `again ${path(it.link)}` }));
        parts.push(s('g', {}, s('title', {}, toldOf(it, data.links)), ...bars));
      }
      y += height + 8;
    }
    const count = streams.reduce((sum, it) => sum + it[1].waited, 0), most = streams.reduce((a, it) => Math.max(a, it[1].longest), 0);
    const told = `Messages from ${way.from} to ${way.to} by stream: ${count === 0 ? 'none waited for an earlier one of its stream' : `${count} waited for an earlier one of their stream, ${seconds(most)} s at most`}`;
    const swatch = (kind, words) => h('span', {}, s('svg', { viewBox: '0 0 14 14', 'aria-hidden': 'true' }, s('line', { x1: 0, x2: 14, y1: 7, y2: 7, class: kind })), ` ${words}`);
    const isSeen = way.trips.tracks.some((it) => it.kind === 'one-way');
    const heads = waited.slice(0, 100).map((it) => h('li', {}, goingTo(run, it.t), ` ${toldOf(it, data.links)}`));
    const shown = streams.slice(0, 64).map(([number, it]) => [`${number}`, it.messages, it.bytes, it.again, it.waited, it.waited === 0 ? '' : seconds(it.longest)]);
    const more = streams.length - shown.length, further = way.streams.further;
    place.replaceChildren(...[
      h('h2', {}, 'Streams over time'),
      h('div', { class: 'legend' }, choiceOf(run, all), swatch('path-0 under-way', `sent until arrived, ${isSeen ? 'as captured' : 'as SACKs tell'}`), swatch('held', 'arrived, and waits for an earlier one of its stream'), swatch('acking', 'delivered, until the cumulative TSN ack'), h('span', {}, '✗ sent again'), of > 1 ? h('span', {}, `one message of ${of} is drawn, and those that waited`) : null, streams.length > lanes.length ? h('span', {}, `${lanes.length} of ${streams.length} streams`) : null),
      pictureOf(run, frame, y + 2, told, parts),
      heads.length === 0 ? h('p', { class: 'where' }, 'No message waited for an earlier one of its stream.') : folded(run, 'waited', `${count} waited for an earlier message of ${count === 1 ? 'its' : 'their'} stream, the longest first`, h('ul', { class: 'turns why' }, ...heads)),
      folded(run, 'streams', `${streams.length} ${streams.length === 1 ? 'stream' : 'streams'} in numbers`, tableOf(['stream', 'messages', 'user data (B)', 'chunks sent again', 'waited', 'longest (s)'], shown), more > 0 ? h('p', { class: 'where' }, `and ${more} more`) : null, further > 0 ? h('p', { class: 'where' }, `${further} messages of further streams`) : null)].filter(Boolean));
  };
