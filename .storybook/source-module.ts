import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type ESTree, type ParseResult, parseSync } from 'vite';

export interface PropDoc {
  name: string;
  /** As written, without `undefined` where the prop is optional. */
  type: string;
  isRequired: boolean;
  description: string;
  defaultValue?: string | undefined;
}

/** The element whose other attributes are taken, too, and those that are not. */
export interface Rest {
  element: string;
  without: string[];
}

/** The props that a type has. */
export interface Shape {
  props: Map<string, PropDoc>;
  rest?: Rest | undefined;
}

/** A source file, and the types that can be reached from it. */
export class SourceModule {
  readonly body: ESTree.Program['body'];
  readonly #comments: ParseResult['comments'];

  constructor(
    readonly file: string,
    readonly code: string,
  ) {
    const { program, comments } = parseSync(file, code);
    this.body = program.body;
    this.#comments = comments;
  }

  readonly text = (node: ESTree.Span): string => this.code.slice(node.start, node.end).replace(/\s+/g, ' ');

  /** The docstring right before a node. */
  readonly docOf = (node: ESTree.Span): string => {
    const comment = this.#comments.find(
      ({ type, value, end }) =>
        type === 'Block' &&
        value.startsWith('*') &&
        end <= node.start &&
        this.code.slice(end, node.start).trim() === '',
    );
    return (comment?.value ?? '').replace(/^[^\S\n]*\* ?/gm, '').trim();
  };

  readonly shapeOf = (type: ESTree.TSType): Shape => {
    switch (type.type) {
      case 'TSTypeLiteral':
        return { props: new Map(this.#propsOf(type.members)) };
      case 'TSParenthesizedType':
        return this.shapeOf(type.typeAnnotation);
      case 'TSIntersectionType':
        return all(type.types.map(this.shapeOf));
      case 'TSUnionType':
        return oneOf(type.types.map(this.shapeOf));
      case 'TSTypeReference':
        return this.#referenced(this.text(type.typeName), type.typeArguments?.params ?? []);
      default:
        throw new Error(`${this.file}: props made of ${this.text(type)} are not understood.`);
    }
  };

  #propsOf(members: ESTree.TSSignature[]): [string, PropDoc][] {
    return members.flatMap((member): [string, PropDoc][] => {
      if (member.type !== 'TSPropertySignature' || member.key.type !== 'Identifier') return [];
      const { name } = member.key;
      const type = member.typeAnnotation ? this.text(member.typeAnnotation.typeAnnotation) : 'unknown';
      const isRequired = !member.optional;
      return [
        [
          name,
          {
            name,
            type: isRequired ? type : withoutUndefined(type),
            isRequired,
            description: this.docOf(member),
          },
        ],
      ];
    });
  }

  #referenced(name: string, [first, second]: ESTree.TSType[]): Shape {
    if (name === 'ComponentPropsWithoutRef' && first) {
      return { props: new Map(), rest: { element: unquoted(this.text(first)), without: [] } };
    }
    if (name === 'Omit' && first && second) {
      const { props, rest } = this.shapeOf(first);
      const without = this.text(second).split('|').map(unquoted);
      for (const left of without) props.delete(left);
      return { props, rest: rest && { ...rest, without: [...rest.without, ...without] } };
    }
    if (name === 'Pick' && first && second) {
      const { props } = this.shapeOf(first);
      const picked = this.text(second).split('|').map(unquoted);
      const bare = (key: string) => ({
        name: key,
        type: `${this.text(first)}['${key}']`,
        isRequired: false,
        description: '',
      });
      return { props: new Map(picked.map((key) => [key, props.get(key) ?? bare(key)])) };
    }
    for (const statement of this.body) {
      const declaration = 'declaration' in statement ? (statement.declaration ?? statement) : statement;
      if (declaration.type === 'TSInterfaceDeclaration' && declaration.id.name === name) {
        const base = declaration.extends.map(({ expression, typeArguments }) =>
          this.#referenced(this.text(expression), typeArguments?.params ?? []),
        );
        return all([...base, { props: new Map(this.#propsOf(declaration.body.body)) }]);
      }
      if (declaration.type === 'TSTypeAliasDeclaration' && declaration.id.name === name) {
        return this.#describedBy(this.docOf(statement), this.shapeOf(declaration.typeAnnotation));
      }
      if (statement.type === 'ImportDeclaration' && imports(statement, name)) {
        return this.#imported(statement.source.value).#referenced(name, []);
      }
    }
    throw new Error(`${this.file}: there is no type ${name}.`);
  }

  /** What has no docstring of its own is told of by that of its type. */
  #describedBy(description: string, shape: Shape): Shape {
    for (const prop of shape.props.values()) prop.description ||= description;
    return shape;
  }

  #imported(specifier: string): SourceModule {
    const base = path.resolve(path.dirname(this.file), specifier).replace(/\.js$/, '');
    const file = ['.ts', '.tsx'].map((extension) => base + extension).find(existsSync);
    if (!file) throw new Error(`${this.file}: ${specifier} is not found.`);
    return new SourceModule(file, readFileSync(file, 'utf8'));
  }
}

const imports = (statement: ESTree.ImportDeclaration, name: string) =>
  statement.specifiers.some(({ local }) => local.name === name);

const unquoted = (text: string) => text.trim().replace(/^'|'$/g, '');

const withoutUndefined = (type: string) =>
  type.replace(/\s*\|\s*undefined$/, '').replace(/^\((.*)\)$/, (whole, inner: string) =>
    // `(a) => (b)` has brackets at both ends that do not belong together.
    isOneGroup(whole) ? inner : whole,
  );

function isOneGroup(text: string): boolean {
  let depth = 0;
  for (let index = 0; index < text.length - 1; index += 1) {
    if (text[index] === '(') depth += 1;
    if (text[index] === ')') depth -= 1;
    if (depth === 0) return false;
  }
  return true;
}

/** Everything that each of them has. */
function all(shapes: Shape[]): Shape {
  return {
    props: new Map(shapes.flatMap(({ props }) => [...props])),
    rest: shapes.map(({ rest }) => rest).find(Boolean),
  };
}

/** What one or another has. Those that tell the alternatives apart say so. */
function oneOf(shapes: Shape[]): Shape {
  const alternatives = shapes.map(({ props }) =>
    [...props.values()].filter(({ type }) => type !== 'undefined'),
  );
  const names = [...new Set(alternatives.flat().map(({ name }) => name))];
  const needed = names.filter((name) =>
    alternatives.flat().some((prop) => prop.name === name && prop.isRequired),
  );
  const props = names.map((name): [string, PropDoc] => {
    const own = alternatives.map((alternative) => alternative.find((prop) => prop.name === name));
    const present = own.filter((prop) => prop !== undefined);
    const isRequired = own.every((prop) => prop?.isRequired);
    const types = [...new Set(present.map(({ type }) => type))];
    const said = present.map(({ description }) => description).find(Boolean) ?? '';
    const choice =
      !isRequired && needed.includes(name)
        ? `One of ${needed.map((other) => `\`${other}\``).join(', ')}.`
        : '';
    return [
      name,
      { name, type: types.join(' | '), isRequired, description: [choice, said].filter(Boolean).join(' ') },
    ];
  });
  return { props: new Map(props), rest: shapes.map(({ rest }) => rest).find(Boolean) };
}
