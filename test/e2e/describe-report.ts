import type { LogEntry, Report } from './report';

const SIGNS: Record<string, string> = { passed: '✓', failed: '✕', pending: '○', todo: '✎', skipped: '○' };

/** A report as the `expected.txt` beside a project has it: all that a user would see, but for times and stacks. */
export function describeReport(report: Report, { locations = false } = {}): string {
  const lines = [`exit ${report.code}`];
  for (const [name, file] of Object.entries(report.files).sort(([a], [b]) => (a < b ? -1 : 1))) {
    lines.push('', `${name}: ${file.status}`);
    for (const test of file.tests) {
      const at = locations && test.location ? ` (${test.location.line}:${test.location.column})` : '';
      lines.push(`  ${SIGNS[test.status] ?? test.status} ${test.name}${at}`);
      for (const message of test.messages) lines.push(...indent(message, '    '));
    }
    for (const error of file.errors) lines.push('  file:', ...indent(error, '    '));
    if (file.events.length > 0) lines.push('  events:', ...file.events.map(event => `    ${event}`));
  }
  if (report.log.length > 0) lines.push('', 'run:', ...report.log.map(showEntry));
  return `${lines.join('\n')}\n`;
}

function showEntry({ process, inside, event }: LogEntry): string {
  return `  ${process}${inside ? ', test file' : ''}: ${event}`;
}

function indent(text: string, by: string): string[] {
  return text.split('\n').map(line => (line.trim() === '' ? '' : `${by}${line}`));
}
