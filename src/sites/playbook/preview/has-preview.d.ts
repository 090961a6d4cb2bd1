/**
 * True where the previews of mails are there. Set by the preview integration: `import.meta.env.DEV`
 * would not do, since a variable of that name in the environment sets it in a build too.
 */
declare const HAS_PREVIEW: boolean;
