import { isFirstAnswer } from '../../lib/state/first-answer.ts';

// Prints the inputs that it is the first to answer, from a given moment on.
const [folder = '', start = '', ...inputs] = process.argv.slice(2);

while (Date.now() < Number(start));
for (const input of inputs) {
  if (isFirstAnswer(folder, input)) process.stdout.write(`${input}\n`);
}
