/** The version of docket, as package.json has it; a test keeps them equal. */
export const docketVersion = '0.1.0';
