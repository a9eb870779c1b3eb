/** Text of a run, with the guide where users have it: the folders of our tests are further down. */
export function nearGuide(text: string): string {
  return text.replace(/(See: )(?:\.\.\/)+(?=node_modules\/)/g, '$1');
}
