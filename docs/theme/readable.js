// A wide table scrolls: the keys must lead into it, too.
for (const table of document.querySelectorAll('.table-wrapper')) {
  table.tabIndex = 0;
  table.setAttribute('role', 'region');
  table.setAttribute('aria-label', 'Table');
}
