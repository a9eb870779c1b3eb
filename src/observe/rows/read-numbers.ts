import { MORE, VALUES } from '../../util/vlq';

/** The numbers of a line. See ../events/marks.ts. What is damaged is left out, and what follows it. */
export function readNumbers(text: string): number[] {
  const numbers: number[] = [];
  let value = 0;
  let scale = 1;
  for (let at = 0; at < text.length; at++) {
    const digit = VALUES[text.charCodeAt(at)] ?? -1;
    if (digit < 0) break;
    value += (digit % MORE) * scale;
    if (digit >= MORE) {
      scale *= MORE;
      continue;
    }
    numbers.push(value % 2 === 0 ? value / 2 : -(value - 1) / 2);
    value = 0;
    scale = 1;
  }
  return numbers;
}
