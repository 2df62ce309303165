'use strict';
// What keeps somebody from using a page: complaints about its document as it is drawn now.
// The rules are of WCAG 2.2, level AA, as far as a program can tell.
//
//   complaintsOf(page)          names, headings, pictures, contrast, languages
//   overflowOf(page)            what is wider than the page
const accessible = (() => {
  const CONTROLS = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex], [role=button]';
  const words = (text) => (text || '').replace(/\s+/g, ' ').trim();
  const called = (node) => {
    const text = words(node.textContent).slice(0, 40);
    const classes = (node.getAttribute('class') || '').trim().replace(/\s+/g, '.');
    return `<${node.localName}${node.id ? `#${node.id}` : ''}${classes ? `.${classes}` : ''}>${text ? ` “${text}”` : ''}`;
  };
  const stylesOf = (node) => node.ownerDocument.defaultView.getComputedStyle(node);

  // Whether somebody sees it: drawn, and not cut to nothing as words for screen readers are.
  const isSeen = (node) => {
    if (node.closest('[hidden], noscript, script, style, template')) return false;
    if (!node.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })) return false;
    const box = node.getBoundingClientRect();
    return box.width > 1 && box.height > 1;
  };
  const isForAll = (node) => !node.closest('[aria-hidden=true]') && node.checkVisibility({ visibilityProperty: true });

  // ---- names
  const textOf = (page, ids) => words(ids.split(/\s+/).map((id) => page.getElementById(id)?.textContent || '').join(' '));
  const contentOf = (node) => {
    if (node.nodeType === 3) return node.nodeValue;
    if (node.nodeType !== 1 || node.matches('[aria-hidden=true], script, style')) return '';
    if (node.matches('img')) return node.alt;
    if (node.getAttribute('aria-label')) return node.getAttribute('aria-label');
    if (node.matches('svg')) return node.querySelector(':scope > title')?.textContent || '';
    return [...node.childNodes].map(contentOf).join('');
  };
  const nameOf = (page, node) => {
    const by = node.getAttribute('aria-labelledby');
    if (by) return textOf(page, by);
    if (words(node.getAttribute('aria-label'))) return words(node.getAttribute('aria-label'));
    if (node.labels && node.labels.length > 0) return words([...node.labels].map(contentOf).join(' '));
    if (node.matches('input[type=submit], input[type=button]')) return words(node.value);
    if (node.matches('input, select, textarea')) return words(node.title);
    return words(contentOf(node)) || words(node.title);
  };

  // ---- colours
  const channels = (colour) => {
    const srgb = /^color\(srgb ([^)]*)\)/.exec(colour);
    const parts = (srgb ? srgb[1] : colour.replace(/^rgba?\(|\)$/g, '')).split(/[\s,/]+/).filter(Boolean).map(Number);
    if (parts.length < 3 || parts.some(Number.isNaN)) return null;
    const [r, g, b, a = 1] = parts;
    return srgb ? [r * 255, g * 255, b * 255, a] : [r, g, b, a];
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  const luminance = ([r, g, b]) => {
    const [R, G, B] = [r, g, b].map((it) => { const s = it / 255; return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * R + 0.7152 * G + 0.0722 * B;
  };
  const contrastOf = (one, other) => {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };
  // What lies behind a node: the grounds of it and of all around it, one over the other, and
  // in a drawing the last shape before it that its middle is in.
  const groundOf = (node) => {
    const grounds = [];
    if (node.ownerSVGElement) {
      const box = node.getBoundingClientRect(), x = box.x + box.width / 2, y = box.y + box.height / 2;
      const shapes = [...node.ownerSVGElement.querySelectorAll('rect')].filter((it) => it.compareDocumentPosition(node) & 4);
      const behind = shapes.filter((it) => { const b = it.getBoundingClientRect(); return b.left <= x && x <= b.right && b.top <= y && y <= b.bottom; }).pop();
      const fill = behind && channels(stylesOf(behind).fill);
      if (fill) { fill[3] *= Number(stylesOf(behind).opacity); grounds.push(fill); }
    }
    for (let at = node; at; at = at.parentElement) {
      const ground = channels(stylesOf(at).backgroundColor);
      if (ground && ground[3] > 0) grounds.push(ground);
      if (ground && ground[3] === 1) break;
    }
    const isDark = stylesOf(node.ownerDocument.documentElement).colorScheme === 'dark';
    const canvas = isDark ? [18, 18, 18, 1] : [255, 255, 255, 1];
    return grounds.reverse().reduce((below, it) => over(it, below), canvas);
  };
  const opacityOf = (node) => {
    let all = 1;
    for (let at = node; at; at = at.parentElement) all *= Number(stylesOf(at).opacity);
    return all;
  };
  const isLarge = (style) => { const size = parseFloat(style.fontSize); return size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700); };
  const legible = (node, colour, style, told, say) => {
    const ink = channels(colour);
    if (!ink) { say('contrast', node, `cannot read the colour ${colour}`); return; }
    const ground = groundOf(node);
    ink[3] *= opacityOf(node);
    const contrast = contrastOf(over(ink, ground), ground), least = isLarge(style) ? 3 : 4.5;
    if (contrast < least - 0.005) say('contrast', node, `${told}${contrast.toFixed(2)} of ${least}: ${colour} on rgb(${ground.slice(0, 3).map(Math.round).join(', ')})`);
  };

  const complaintsOf = (page) => {
    const found = new Map();
    // One complaint for all that are alike.
    const say = (rule, node, why) => {
      const alike = `${rule}: ${node.localName}.${node.getAttribute('class') || ''}: ${why}`;
      if (!found.has(alike)) found.set(alike, `${rule}: ${called(node)}: ${why}`);
    };
    const all = (selector) => [...page.querySelectorAll(selector)];

    if (!words(page.documentElement.lang)) say('language', page.documentElement, 'no lang');
    if (!words(page.title)) say('title', page.documentElement, 'no title');
    if (all('main').filter(isForAll).length !== 1) say('landmark', page.body, 'not one main');

    const ids = new Set();
    for (const node of all('[id]')) { if (ids.has(node.id)) say('id', node, 'its id is another one\'s, too'); ids.add(node.id); }
    for (const key of ['aria-labelledby', 'aria-describedby', 'aria-controls']) {
      for (const node of all(`[${key}]`)) for (const id of node.getAttribute(key).split(/\s+/)) if (!ids.has(id)) say('id', node, `${key} names “${id}”, which is not there`);
    }

    let level = 0;
    for (const node of all('h1, h2, h3, h4, h5, h6').filter(isForAll)) {
      const own = Number(node.localName[1]);
      if (!words(contentOf(node))) say('heading', node, 'it says nothing');
      if (own > level + 1) say('heading', node, level === 0 ? 'the first is no h1' : `h${own} behind h${level}`);
      level = own;
    }

    for (const node of all(CONTROLS).filter(isForAll)) {
      if (node.closest('[inert]') || node.disabled) continue;
      const box = node.getBoundingClientRect();
      if (box.width === 0 && box.height === 0) continue;
      if (!nameOf(page, node)) say('name', node, 'a control without a name');
      if (node.tabIndex < 0) say('keyboard', node, 'no key leads to it');
      if (node.tabIndex > 0) say('keyboard', node, 'it is out of order');
    }
    // What only a mouse could scroll.
    for (const node of all('body *').filter(isSeen)) {
      const style = stylesOf(node);
      const scrolls = /auto|scroll/.test(style.overflowX) && node.scrollWidth > node.clientWidth + 1;
      if (scrolls && node.tabIndex < 0 && !node.querySelector(CONTROLS)) say('keyboard', node, 'it scrolls, and no key leads into it');
    }

    for (const node of all('img').filter(isForAll)) if (!node.hasAttribute('alt')) say('picture', node, 'no alt');
    for (const node of all('svg').filter(isForAll)) {
      const told = nameOf(page, node) || words(node.querySelector(':scope > title')?.textContent);
      if (!told && !node.closest('button, a, summary')) say('picture', node, 'neither words for it nor aria-hidden');
      if (told && node.getAttribute('role') !== 'img') say('picture', node, 'its role is not img');
    }

    const texts = page.createTreeWalker(page.body, 4);
    const looked = new Set();
    while (texts.nextNode()) {
      const node = texts.currentNode.parentElement;
      if (!words(texts.currentNode.nodeValue) || looked.has(node)) continue;
      looked.add(node);
      if (node.matches('title, option') || !isSeen(node) || node.closest(':disabled')) continue;
      const style = stylesOf(node);
      if (style.clipPath !== 'none') continue;
      legible(node, node.ownerSVGElement ? style.fill : style.color, style, '', say);
    }
    for (const node of all('input[placeholder]').filter(isSeen)) legible(node, node.ownerDocument.defaultView.getComputedStyle(node, '::placeholder').color, stylesOf(node), 'its placeholder has ', say);
    return [...found.values()];
  };

  const overflowOf = (page) => {
    const root = page.documentElement, width = root.clientWidth;
    if (root.scrollWidth <= width + 1) return [];
    // What moves within something else is not it.
    const isInside = (node) => { for (let at = node.parentElement; at && at !== page.body; at = at.parentElement) if (stylesOf(at).overflowX !== 'visible') return true; return false; };
    const wide = [...page.querySelectorAll('body *')].filter((it) => {
      const words = page.createRange();
      words.selectNodeContents(it);
      const right = Math.max(it.getBoundingClientRect().right, words.getBoundingClientRect().right);
      return right > width + 1 && isSeen(it) && !isInside(it);
    });
    return [`overflow: ${root.scrollWidth} of ${width} px: ${wide.slice(-2).map(called).join(', ')}`];
  };
  return { complaintsOf, overflowOf };
})();
