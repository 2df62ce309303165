'use strict';
(() => {
  // Text is only ever set as text: nothing of a recording becomes markup.
  const SVG = 'http://www.w3.org/2000/svg';
  const make = (space) => (name, attributes = {}, ...children) => {
    const node = space ? document.createElementNS(space, name) : document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key === 'on') for (const [event, act] of Object.entries(value)) node.addEventListener(event, act);
      else if (value === true) node.setAttribute(key, '');
      else if (value !== false && value !== undefined && value !== null) node.setAttribute(key, value);
    }
    node.append(...children.filter((child) => child !== null && child !== undefined));
    return node;
  };
  const h = make(null), s = make(SVG);
  const seconds = (t, digits = 3) => (t / 1e6).toFixed(digits);
  const path = (link) => `path-${link % 6}`;
  // What scenarios write between backticks: names, and words of their language.
  const quoted = (text) => text && text.replace(/`([^`]*)`/g, '“$1”');
  const prose = (text) => text.split(/`([^`]*)`/).map((part, i) => (i % 2 ? h('code', {}, part) : part));


  // ---- what charts over time have in common
  // Of a place in the page: how wide its picture is, and where its time begins and ends.
  // Text keeps its size however narrow the page is: where there is no room for words beside
  // a chart, they stand above it.
  const frameOf = (place) => {
    const width = Math.max(440, Math.min(1500, place.clientWidth || 1200)), isNarrow = width < 900;
    return { width, isNarrow, left: isNarrow ? 96 : Math.round(width * 230 / 1200), right: width - Math.round(width / 120) };
  };
  // Draws again when the page becomes wider or narrower.
  const onWidth = (place, draw) => {
    let before = place.clientWidth;
    window.addEventListener('resize', () => { const now = place.clientWidth; if (now > 0 && Math.abs(now - before) > 16) { before = now; draw(); } });
  };
  const waysOf = (data) => data.tsns.flatMap((it) => it.ways.map((way) => ({ ...way, name: it.name })));
  const choiceOf = (run, all) => h('label', {}, 'of ', h('select', { on: { change: (event) => { run.wayOf = Number(event.target.value); run.drawWays(); } } }, ...all.map((it, i) => h('option', { value: i, selected: i === run.wayOf }, `${it.name}, from ${it.from}`))));
  // What stays open when it is drawn again.
  const folded = (run, name, title, ...inside) => {
    const details = h('details', { open: run.opened.has(name) }, h('summary', {}, title), ...inside);
    details.addEventListener('toggle', () => { if (details.open) run.opened.add(name); else run.opened.delete(name); });
    return details;
  };
  const tableOf = (titles, rows) => h('div', { class: 'wide', tabindex: 0, role: 'group', 'aria-label': titles.filter(Boolean).join(', ') }, h('table', { class: 'traffic' }, h('thead', {}, h('tr', {}, ...titles.map((it) => h('th', { scope: 'col' }, it)))), h('tbody', {}, ...rows.map((row) => h('tr', {}, ...row.map((it, i) => (i === 0 ? h('th', { scope: 'row' }, it) : h('td', { class: typeof it === 'number' ? 'number' : '' }, String(it)))))))));
  const goingTo = (run, t) => h('button', { type: 'button', on: { click: () => run.goTo(t) } }, `${seconds(t)} s`);
  // The picture, which goes to where it is clicked; it can be moved by keys where it is
  // wider than the page.
  const pictureOf = (run, { width, left, right }, height, told, parts) => {
    const [from, to] = run.view, picture = s('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': told }, ...parts);
    picture.addEventListener('click', (event) => {
      const box = picture.getBoundingClientRect(), t = from + ((event.clientX - box.left) / box.width * width - left) / (right - left) * (to - from);
      if (t >= from) run.goTo(t);
    });
    return h('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': told.split(':')[0] }, picture);
  };
