/**
 * Matches what shows nothing by itself: spaces, control and format characters, those that Unicode
 * ignores where they have no meaning (zero-width ones, Hangul fillers, variation selectors), marks
 * without a letter, and signs that are drawn blank (braille, a musical and two hieroglyphic ones).
 * It stands in a function, as reading it takes time.
 */
function blanks(): RegExp {
  return /[\s\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}\p{Mn}\p{Me}\u2800\u{1d159}\u{13441}\u{13442}]/gu;
}

/** Whether a reader sees anything of a text. */
export function isVisible(text: string): boolean {
  return /[!-~]/.test(text) || text.replace(blanks(), '') !== '';
}
