// @vitest-environment node
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { at } from './host.ts';

type Bodies = Record<string, unknown>;

/** What WorkOS answers, and what an SDK of it serialises to: recorded from the real SDKs. */
const bodiesOf = (dialect: string): Bodies =>
  JSON.parse(readFileSync(at(`test/backend/dialects/${dialect}.json`), 'utf8')).bodies;

const WIRE = bodiesOf('rest-wire');

interface StandIn {
  command: string;
  /** Reads `{ name: body }` from standard input, and writes what its objects of them serialise to. */
  program: string;
  args: (program: string) => string[];
  dialect: string;
}

const STAND_INS: Record<string, StandIn> = {
  Python: {
    command: 'python3',
    args: (program) => ['-B', '-c', program],
    dialect: 'python-v10.2.0',
    program: `
import json, sys
sys.path.insert(0, ${JSON.stringify(at('test/server/hosts/sdk/python'))})
import workos
def made(name, wire):
    if name.startswith("verify"):
        return workos.AuthenticationChallengeVerifyResponse(made("challenge", wire["challenge"]), wire["valid"])
    kind = workos.AuthenticationFactor if name.startswith("factor") else workos.AuthenticationChallenge
    return kind.from_dict(wire)
print(json.dumps({name: made(name, wire).to_dict() for name, wire in json.load(sys.stdin).items()}))`,
  },
  Ruby: {
    command: 'ruby',
    args: (program) => ['-I', at('test/server/hosts/sdk/ruby'), '-e', program],
    dialect: 'ruby-v5.31.1',
    program: `
require 'workos'
kinds = { 'factor' => WorkOS::Factor, 'challenge' => WorkOS::Challenge, 'verify' => WorkOS::VerifyChallenge }
bodies = JSON.parse($stdin.read)
puts JSON.generate(bodies.to_h { |name, wire| [name, kinds[name[/[a-z]+/]].new(JSON.generate(wire)).to_h] })`,
  },
  PHP: {
    command: 'php',
    args: (program) => ['-r', program],
    dialect: 'php-v4.29.0',
    program: `
require ${JSON.stringify(at('test/server/hosts/sdk/php/workos.php'))};
$bodies = json_decode(file_get_contents('php://stdin'), true);
echo json_encode(array_map(fn ($wire) => new WorkOS\\Resource($wire), $bodies));`,
  },
};

describe.each(Object.entries(STAND_INS))(
  'the stand-in for the SDK in %s',
  (_, { command, program, args, dialect }) => {
    it('serialises to what was recorded of the real one, so that its hosts are not tested on a fancy', () => {
      const recorded = bodiesOf(dialect);
      const names = Object.keys(WIRE).filter(
        (name) => /^(factor|challenge|verify)-/.test(name) && name in recorded,
      );
      expect(names.length).toBeGreaterThan(6);
      const { stdout, stderr, error } = spawnSync(command, args(program), {
        input: JSON.stringify(Object.fromEntries(names.map((name) => [name, WIRE[name]]))),
        encoding: 'utf8',
      });
      expect(error).toBeUndefined();
      expect(stderr).toBe('');
      const made: Bodies = JSON.parse(stdout);
      expect(made).toEqual(Object.fromEntries(names.map((name) => [name, recorded[name]])));
    });
  },
);
