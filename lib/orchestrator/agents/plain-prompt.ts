/**
 * A prompt that Claude Code takes for nothing but text. It would put the content of any file into
 * the conversation that stands in it as ` @/path`, outside the project and without asking (measured
 * with 2.1.328), and take one that begins with `/` for a command: a task's text, which others
 * write, must do neither.
 */
export function plainPrompt(prompt: string): string {
  const mentionless = prompt.replace(/(?<![\w\\])@/g, '\\@');
  return mentionless.startsWith('/') ? `\n${mentionless}` : mentionless;
}
