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
func (t *table) owns(userID, id string) error {
	t.Lock()
	defer t.Unlock()
	if row, ok := t.factors[id]; !ok || row.userID != userID {
		return &refusal{status: 404, code: "entity_not_found"}
	}
	return nil
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

// Whether this is the one right code of the challenge; its factor is then verified.
func (t *table) consume(id string) bool {
	t.Lock()
	defer t.Unlock()
	row, ok := t.challenges[id]
	if !ok {
		return false
	}
	delete(t.challenges, id)
	t.factors[row.factorID] = factorRow{userID: row.userID, verified: true}
	return true
}

func (t *table) isVerified(id string) bool {
	t.Lock()
	defer t.Unlock()
	return t.factors[id].verified
}
