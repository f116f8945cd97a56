import * as z from 'zod/mini';

import { Refusal } from './refusal.js';

/** The body of `POST /factors`. Fields it does not name, such as an issuer or a template, are dropped unread. */
const enrolRequestSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('totp') }),
  z.pipe(
    z.object({ type: z.literal('sms'), phone_number: z.string() }),
    z.transform(({ type, phone_number }) => ({ type, phoneNumber: phone_number })),
  ),
]);

/** The body of `POST /challenges/:id/verify`. */
const verifyRequestSchema = z.object({ code: z.string().check(z.regex(/^[0-9]{4,10}$/)) });

export function parseEnrolRequest(body: object): z.output<typeof enrolRequestSchema> {
  return parse(enrolRequestSchema, body);
}

export function parseVerifyRequest(body: object): z.output<typeof verifyRequestSchema> {
  return parse(verifyRequestSchema, body);
}

function parse<T extends z.ZodMiniType>(schema: T, body: object): z.output<T> {
  const result = z.safeParse(schema, body);
  if (!result.success) throw new Refusal('invalid_fields');
  return result.data;
}
