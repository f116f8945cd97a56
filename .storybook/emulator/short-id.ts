/** `auth_factor_01FVYZ5QM8N98T9ME5BCB2BBMJ` as `…B2BBMJ`: ids differ at their end. Other text stays, as in a path. */
export const shortId = (text: string) => text.replace(/auth_[a-z]+_\w*(\w{6})/g, '…$1');
