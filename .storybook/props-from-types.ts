import { readFileSync } from 'node:fs';
import type { ESTree, Plugin } from 'vite';

import { type PropDoc, type Rest, SourceModule } from './source-module.js';

// Read from the source, because no tool that asks TypeScript itself runs beside TypeScript 7, which has no API yet, and
// those that do not ask it stop at unions, at intersections and at imports that end in `.js`.

export interface ComponentDoc {
  name: string;
  description: string;
  props: PropDoc[];
  rest?: Rest | undefined;
}

/** Adds to each component, as `sourceDoc`, what its types and docstrings say. */
export function propsFromTypes(): Plugin {
  return {
    name: 'props-from-types',
    enforce: 'pre',
    transform: {
      filter: { id: /\/src\/.*\.tsx$/ },
      handler(code, id) {
        const docs = componentsIn(id, code);
        const lines = docs.map((doc) => `Object.assign(${doc.name}, { sourceDoc: ${JSON.stringify(doc)} });`);
        return { code: [code, ...lines, ''].join('\n'), map: null };
      },
    },
  };
}

/** What a file's exported components say of themselves. */
export function componentsIn(file: string, code = readFileSync(file, 'utf8')): ComponentDoc[] {
  const module = new SourceModule(file, code);
  return module.body.flatMap((statement) => {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : null;
    const found = declaration && componentOf(declaration);
    // Those that a host can import have a type of that name; what others are made of does not matter.
    if (!found || module.text(found.props) !== `${found.name}Props`) return [];
    const { props, rest } = module.shapeOf(found.props);
    for (const [name, value] of defaultsOf(found.parameter)) {
      const prop = props.get(name);
      if (prop) prop.defaultValue = module.text(value);
    }
    if (found.ref) {
      const type = `Ref<${module.text(found.ref)}>`;
      props.set('ref', { name: 'ref', type, isRequired: false, description: 'The element itself.' });
    }
    return [
      {
        name: found.name,
        description: module.docOf(statement),
        props: [...props.values()],
        ...(rest && { rest }),
      },
    ];
  });
}

interface Component {
  name: string;
  props: ESTree.TSType;
  /** Where defaults are written. */
  parameter: ESTree.Node;
  /** The element that `forwardRef` leads to. */
  ref?: ESTree.TSType | undefined;
}

/** `function X({ … }: XProps)` or `const X = forwardRef<Element, XProps>(function …)`. */
function componentOf(declaration: ESTree.Declaration): Component | undefined {
  if (declaration.type === 'FunctionDeclaration') {
    const [parameter] = declaration.params;
    const props = parameter && 'typeAnnotation' in parameter && parameter.typeAnnotation?.typeAnnotation;
    return declaration.id && props ? { name: declaration.id.name, props, parameter } : undefined;
  }
  if (declaration.type !== 'VariableDeclaration') return undefined;
  const [{ id, init } = {}] = declaration.declarations;
  if (id?.type !== 'Identifier' || init?.type !== 'CallExpression') return undefined;
  const [ref, props] = init.typeArguments?.params ?? [];
  const [render] = init.arguments;
  const parameter = render && 'params' in render ? render.params[0] : undefined;
  return props && parameter ? { name: id.name, props, parameter, ref } : undefined;
}

function defaultsOf(parameter: ESTree.Node): [name: string, value: ESTree.Node][] {
  if (parameter.type !== 'ObjectPattern') return [];
  return parameter.properties.flatMap((property): [string, ESTree.Node][] =>
    property.type === 'Property' &&
    property.key.type === 'Identifier' &&
    property.value.type === 'AssignmentPattern'
      ? [[property.key.name, property.value.right]]
      : [],
  );
}
