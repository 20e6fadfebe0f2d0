// Owns the form in which the names of people are compared; who holds which name is the engine's.

/** The form in which names are compared: case, width, white space and what cannot be seen tell no two people apart. */
export function canonicalName(name: string): string {
  const folded = name.normalize('NFKC').toLowerCase().normalize('NFKC')
  return folded
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
}
