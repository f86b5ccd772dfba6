/**
 * Makes a prompt that Claude Code reads as nothing but text. Otherwise Claude Code puts the content
 * of any file that stands in it as ` @/path` into the conversation, outside the project and without
 * asking (measured with 2.1.328), and takes a prompt that begins with `/` for a command. The text
 * of a task, which others write, must do neither.
 */
export function plainPrompt(prompt: string): string {
  const mentionless = prompt.replace(/(?<![\w\\])@/g, '\\@');
  return mentionless.startsWith('/') ? `\n${mentionless}` : mentionless;
}
