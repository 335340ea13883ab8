// All of a page that is no chart comes as HTML that the server has written and escaped (dashboards/written.py). One element
// with that HTML inside takes the place of thousands of components, each of which Dash would go through by itself.
window.throughline = {
  Written: ({ tag, attributes, html }) =>
    React.createElement(tag, html ? { ...attributes, dangerouslySetInnerHTML: { __html: html } } : attributes),
};
