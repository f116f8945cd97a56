/** The name of a country in the page's language, where a library takes names from the app. */
export function countryNames(lang: string): (country: string) => string {
  const names = new Intl.DisplayNames(lang, { type: 'region', fallback: 'none' });
  return (country) => {
    try {
      return names.of(country.toUpperCase()) ?? country;
    } catch {
      return country; // a region of the library's own
    }
  };
}
