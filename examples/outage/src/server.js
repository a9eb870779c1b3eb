// The database: `node server.js PORT FILE`. It speaks MySQL's protocol, as far as a ledger needs it, and keeps the
// payments in a file: one that comes back knows what was booked before.
const fs = require('node:fs');
const mysql = require('mysql2');

const [port, file] = process.argv.slice(2);
const lines = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
const payments = new Map(lines.map(line => JSON.parse(line)).map(payment => [payment.id, payment]));
const DUPLICATE = 1062;
const SYNTAX = 1064;

const INSERT =
  /^INSERT INTO payments \((?:(id), )?account, amount\) VALUES \((?:'([^']*)', )?'([^']*)', (\d+)\)$/;
const SUM = /^SELECT SUM\(amount\) AS total FROM payments WHERE account = '([^']*)'$/;

function answer(connection, sql) {
  const [, , id = `generated ${payments.size}`, account, amount] = INSERT.exec(sql) ?? [];
  if (account !== undefined) return insert(connection, { id, account, amount: Number(amount) });
  const [, summed] = SUM.exec(sql) ?? [];
  if (summed !== undefined) return sum(connection, summed);
  return connection.writeError({ code: SYNTAX, message: `You have an error in your SQL syntax: ${sql}` });
}

function insert(connection, payment) {
  if (payments.has(payment.id))
    return connection.writeError({
      code: DUPLICATE,
      message: `Duplicate entry '${payment.id}' for key 'id'`,
    });
  payments.set(payment.id, payment);
  fs.appendFileSync(file, `${JSON.stringify(payment)}\n`);
  console.log(`booked ${payment.amount} on ${payment.account}`);
  return connection.writeOk({ affectedRows: 1 });
}

function sum(connection, account) {
  const total = [...payments.values()]
    .filter(payment => payment.account === account)
    .reduce((all, { amount }) => all + amount, 0);
  connection.writeTextResult([{ total }], [TOTAL]);
}

const TEXT = { columnType: 253, characterSet: 33, columnLength: 80, flags: 0, decimals: 0 };
const TOTAL = {
  catalog: 'def',
  schema: 'ledger',
  table: 'payments',
  orgTable: 'payments',
  name: 'total',
  orgName: 'total',
  ...TEXT,
};

/** The packets of each command are counted anew. */
function nextCommand(connection) {
  connection.sequenceId = 0;
}

let connections = 0;
const server = mysql.createServer();
server.on('connection', connection => {
  connection.serverHandshake({
    protocolVersion: 10,
    serverVersion: '8.0.0 ledger',
    connectionId: ++connections,
    statusFlags: 2,
    characterSet: 33,
    capabilityFlags: 0xffffff,
    authCallback: (_, accept) => {
      accept(null);
      nextCommand(connection);
    },
  });
  connection.on('query', sql => {
    answer(connection, sql);
    nextCommand(connection);
  });
  connection.on('error', () => {});
});
server.listen(Number(port), '127.0.0.1', () => console.log('ready for connections'));
