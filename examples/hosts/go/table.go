package mfaproxy

import "sync"

type factorRow struct {
	userID   string
	verified bool
}

type challengeRow struct{ userID, factorID string }

// Whose factors they are: WorkOS does not know. Here in memory; yours are two tables of your database, and each method
// is a statement or a transaction.
type table struct {
	sync.Mutex
	order      []string
	factors    map[string]factorRow
	challenges map[string]challengeRow
}

func newTable() *table {
	return &table{factors: map[string]factorRow{}, challenges: map[string]challengeRow{}}
}

func (t *table) of(userID string) (ids []string) {
	t.Lock()
	defer t.Unlock()
	for _, id := range t.order {
		if row, ok := t.factors[id]; ok && row.userID == userID {
			ids = append(ids, id)
		}
	}
	return ids
}

// Somebody else's is answered as one that does not exist.
func (t *table) find(userID, id string) (factorRow, error) {
	t.Lock()
	defer t.Unlock()
	row, ok := t.factors[id]
	if !ok || row.userID != userID {
		return row, &refusal{status: 404, code: "entity_not_found"}
	}
	return row, nil
}

// Refuses a session that has shown the password alone, where the account has a second factor.
func (t *table) requireSecondFactor(user User) error {
	t.Lock()
	defer t.Unlock()
	if !user.Complete && t.hasVerified(user.ID) {
		return &refusal{status: 403, code: "step_up_required"}
	}
	return nil
}

// To be called with the lock held.
func (t *table) hasVerified(userID string) bool {
	for _, row := range t.factors {
		if row.userID == userID && row.verified {
			return true
		}
	}
	return false
}

func (t *table) add(id, userID string) {
	t.Lock()
	defer t.Unlock()
	t.order = append(t.order, id)
	t.factors[id] = factorRow{userID: userID}
}

func (t *table) remove(id string) {
	t.Lock()
	defer t.Unlock()
	delete(t.factors, id)
	for challengeID, row := range t.challenges {
		if row.factorID == id {
			delete(t.challenges, challengeID)
		}
	}
}

func (t *table) challenge(id string, row challengeRow) {
	t.Lock()
	defer t.Unlock()
	t.challenges[id] = row
}

func (t *table) challenged(userID, id string) bool {
	t.Lock()
	defer t.Unlock()
	return t.challenges[id].userID == userID
}

// Takes a right code: its factor is then verified. Whether it proves who it is: anybody can show the code of a factor
// they just added. In a database this is one transaction, which begins by locking the user's factors.
func (t *table) accept(user User, id string) (isProof bool, err error) {
	t.Lock()
	defer t.Unlock()
	row, ok := t.challenges[id]
	if !ok { // of two that come at once, one passes
		return false, &refusal{status: 422, code: "authentication_challenge_previously_verified"}
	}
	delete(t.challenges, id)
	isProof = t.factors[row.factorID].verified || !t.hasVerified(user.ID)
	if !isProof && !user.Complete {
		return false, &refusal{status: 403, code: "step_up_required"}
	}
	t.factors[row.factorID] = factorRow{userID: row.userID, verified: true}
	return isProof, nil
}

func (t *table) isVerified(id string) bool {
	t.Lock()
	defer t.Unlock()
	return t.factors[id].verified
}
