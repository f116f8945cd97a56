import type { ArgTypes, InputType } from 'storybook/internal/types';

import type { ComponentDoc } from './props-from-types.js';
import type { PropDoc } from './source-module.js';

/** The rows of a component's props table, from what the build has added to it. */
export function extractArgTypes(component: unknown): ArgTypes | null {
  const doc = docOf(component);
  if (!doc) return null;
  const rows: ArgTypes = Object.fromEntries(doc.props.map((prop) => [prop.name, rowOf(prop)]));
  if (doc.rest) {
    const { element, without } = doc.rest;
    const except = without.map((name) => `\`${name}\``).join(', ');
    rows['…'] = {
      name: '…',
      description: `And every attribute of \`<${element}>\`${except && `, except ${except}`}.`,
      control: false,
      table: { type: { summary: `ComponentPropsWithoutRef<'${element}'>` } },
    };
  }
  return rows;
}

export const extractComponentDescription = (component: unknown): string =>
  docOf(component)?.description ?? '';

/** Functions and what `forwardRef` returns carry it alike. */
function docOf(component: unknown): ComponentDoc | undefined {
  return (component as { sourceDoc?: ComponentDoc } | undefined)?.sourceDoc;
}

const EDITABLE = ['string', 'number', 'boolean'] as const;

function rowOf({ name, type, isRequired, description, defaultValue }: PropDoc): InputType {
  const editable = EDITABLE.find((known) => known === type);
  return {
    name,
    description,
    type: { ...(editable ? { name: editable } : { name: 'other', value: type }), required: isRequired },
    ...(!editable && { control: false }),
    table: {
      type: { summary: type },
      ...(defaultValue !== undefined && { defaultValue: { summary: defaultValue } }),
    },
  };
}
