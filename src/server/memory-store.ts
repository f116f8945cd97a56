import type { MfaStore, StoredChallenge, StoredFactor } from './mfa-store.js';

const DAY = 86_400_000; // milliseconds

/**
 * A store in this process's memory: for development and tests. It is empty after a restart and not shared between
 * processes, so a factor enrolled before is then nobody's.
 */
export function createMemoryStore(): MfaStore {
  const factors = new Map<string, StoredFactor>();
  const challenges = new Map<string, StoredChallenge>();

  // Atomic because no method awaits anything: JavaScript runs each of them to its end.
  const factorOf = (userId: string, factorId: string) => {
    const factor = factors.get(factorId);
    return factor?.userId === userId ? factor : undefined;
  };

  return {
    async addFactor(factor) {
      if (factors.has(factor.id)) return false;
      factors.set(factor.id, { ...factor });
      return true;
    },
    async listFactors(userId) {
      return [...factors.values()]
        .filter((factor) => factor.userId === userId)
        .toSorted((one, other) => Date.parse(one.createdAt) - Date.parse(other.createdAt))
        .map((factor) => ({ ...factor }));
    },
    async findFactor(userId, factorId) {
      const factor = factorOf(userId, factorId);
      return factor ? { ...factor } : null;
    },
    async markFactorVerified(userId, factorId, at) {
      const factor = factorOf(userId, factorId);
      if (!factor) return false;
      factors.set(factorId, { ...factor, status: 'verified', updatedAt: at });
      return true;
    },
    async removeFactor(userId, factorId) {
      if (!factorOf(userId, factorId)) return;
      factors.delete(factorId);
      for (const challenge of challenges.values()) {
        if (challenge.factorId === factorId) challenges.delete(challenge.id);
      }
    },
    async addChallenge(challenge) {
      if (challenges.has(challenge.id) || !factorOf(challenge.userId, challenge.factorId)) return false;
      const dayBefore = Date.parse(challenge.createdAt) - DAY;
      for (const old of challenges.values()) {
        if (Date.parse(old.createdAt) < dayBefore) challenges.delete(old.id);
      }
      challenges.set(challenge.id, { ...challenge });
      return true;
    },
    async findChallenge(userId, challengeId) {
      const challenge = challenges.get(challengeId);
      return challenge?.userId === userId ? { ...challenge } : null;
    },
  };
}
