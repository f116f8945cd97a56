// Package mfaproxy is mfa-kit's contract on the WorkOS SDK for Go (`go get github.com/workos/workos-go/v10`):
// http.Handle("/api/mfa/", mfaproxy.New(apiKey, sessions)).
package mfaproxy

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/workos/workos-go/v10"
)

const (
	basePath    = "/api/mfa"
	ownOrigin   = "https://app.example" // your own, written out
	issuer      = "Example App"
	smsTemplate = "Your Example App code is {{code}}.\n\n@app.example #{{code}}"
	maxBody     = 16 * 1024
)

var (
	phoneNumber = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)
	oneTimeCode = regexp.MustCompile(`^[0-9]{4,10}$`)
	entityID    = regexp.MustCompile(`^[A-Za-z0-9_-]{1,128}$`)
)

// What WorkOS may say that the person should hear. Anything else is our own trouble: 502, without its words.
var passedOn = map[string]bool{
	"authentication_challenge_expired":             true,
	"authentication_challenge_previously_verified": true,
	"invalid_one_time_code":                        true,
	"invalid_phone_number":                         true,
	"one_time_code_expired":                        true,
	"one_time_code_previously_used":                true,
	"one_time_code_too_many_attempts":              true,
}

type User struct {
	ID, Email string
	Complete  bool // whether this session came from Sessions.Complete: somebody has shown a code in it
}

// Sessions is yours: who is signed in, and the Set-Cookie of the session once it is complete.
type Sessions interface {
	UserOf(*http.Request) (User, bool)
	Complete(*http.Request) string
}

type proxy struct {
	workos   *workos.Client
	sessions Sessions
	table    *table
}

func New(apiKey string, sessions Sessions) http.Handler {
	return &proxy{
		// With the SDK's three retries a POST that timed out is sent again: up to four text messages.
		workos:   workos.NewClient(apiKey, workos.WithMaxRetries(0), workos.WithHTTPClient(&http.Client{Timeout: 10 * time.Second})),
		sessions: sessions,
		table:    newTable(),
	}
}

type refusal struct {
	status     int
	code       string
	retryAfter int
}

func (r *refusal) Error() string { return r.code }

type object map[string]any

func (p *proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Vary", "Cookie, Origin")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	status, body, err := p.respond(w, r)
	var refused *refusal
	if errors.As(err, &refused) {
		status = refused.status
		body = object{"code": refused.code, "message": "The request was refused."}
		if refused.retryAfter > 0 {
			body["retry_after"] = refused.retryAfter
			w.Header().Set("Retry-After", strconv.Itoa(refused.retryAfter))
		}
	} else if err != nil { // log its type: a message may hold a phone number
		status, body = 500, object{"code": "server_error", "message": "Something went wrong."}
	}
	if body == nil {
		w.WriteHeader(status)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

func (p *proxy) respond(w http.ResponseWriter, r *http.Request) (int, object, error) {
	user, ok := p.sessions.UserOf(r)
	if !ok {
		return 0, nil, &refusal{status: 401, code: "unauthenticated"}
	}
	if r.Method != http.MethodGet && !isOwnPage(r.Header) {
		return 0, nil, &refusal{status: 403, code: "forbidden"}
	}
	// As it was sent: Path would have decoded a slash.
	path := r.URL.EscapedPath()
	parts := strings.Split(strings.TrimPrefix(path, basePath+"/"), "/")
	if !strings.HasPrefix(path, basePath+"/") || (len(parts) > 1 && !entityID.MatchString(parts[1])) {
		return 0, nil, &refusal{status: 404, code: "entity_not_found"}
	}
	switch {
	case r.Method == "GET" && len(parts) == 1 && parts[0] == "factors":
		return p.listFactors(r.Context(), user)
	case r.Method == "POST" && len(parts) == 1 && parts[0] == "factors":
		return p.enrollFactor(w, r, user)
	case r.Method == "GET" && len(parts) == 2 && parts[0] == "factors":
		return p.readFactor(r.Context(), user, parts[1])
	case r.Method == "DELETE" && len(parts) == 2 && parts[0] == "factors":
		return p.deleteFactor(r.Context(), user, parts[1])
	case r.Method == "POST" && len(parts) == 3 && parts[0] == "factors" && parts[2] == "challenge":
		return p.challengeFactor(w, r, user, parts[1])
	case r.Method == "POST" && len(parts) == 3 && parts[0] == "challenges" && parts[2] == "verify":
		return p.verifyChallenge(w, r, user, parts[1])
	}
	return 0, nil, &refusal{status: 404, code: "entity_not_found"}
}

// Refuses what another site made the browser send.
func isOwnPage(header http.Header) bool {
	site, origin := header.Get("Sec-Fetch-Site"), header.Get("Origin")
	return (site != "" || origin != "") &&
		(site == "" || site == "same-origin") &&
		(origin == "" || origin == ownOrigin) &&
		header.Get("X-Requested-With") == "mfa-kit"
}

func readBody(w http.ResponseWriter, r *http.Request, into any) error {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return &refusal{status: 415, code: "invalid_request"}
	}
	text, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return &refusal{status: 413, code: "invalid_request"}
	}
	var fields object
	if err != nil || json.Unmarshal(text, &fields) != nil || fields == nil {
		return &refusal{status: 400, code: "invalid_request"}
	}
	if json.Unmarshal(text, into) != nil { // an object whose fields are of the wrong type
		return &refusal{status: 422, code: "invalid_request"}
	}
	return nil
}

func (p *proxy) listFactors(ctx context.Context, user User) (int, object, error) {
	data := []object{} // not nil, which would be null
	for _, id := range p.table.of(user.ID) {
		factor, err := p.workos.MultiFactorAuth().GetFactor(ctx, id)
		if err = contractError(err); isNotFound(err) {
			continue
		} else if err != nil {
			return 0, nil, err
		}
		wire, err := p.factorWire(id, factor, false)
		if err != nil {
			return 0, nil, err
		}
		data = append(data, wire)
	}
	return 200, object{"data": data}, nil
}

func (p *proxy) enrollFactor(w http.ResponseWriter, r *http.Request, user User) (int, object, error) {
	var body struct {
		Type        string `json:"type"`
		PhoneNumber string `json:"phone_number"`
	}
	if err := readBody(w, r, &body); err != nil {
		return 0, nil, err
	}
	if err := p.table.requireSecondFactor(user); err != nil {
		return 0, nil, err
	}
	params := &workos.MultiFactorAuthEnrollFactorParams{Type: workos.AuthenticationFactorsCreateRequestType(body.Type)}
	switch {
	case body.Type == "totp":
		name, account := issuer, user.Email
		params.TOTPIssuer, params.TOTPUser = &name, &account
	case body.Type == "sms" && phoneNumber.MatchString(body.PhoneNumber):
		params.PhoneNumber = &body.PhoneNumber
	case body.Type == "sms":
		return 0, nil, &refusal{status: 422, code: "invalid_phone_number"}
	default:
		return 0, nil, &refusal{status: 422, code: "invalid_request"}
	}
	factor, err := p.workos.MultiFactorAuth().EnrollFactor(r.Context(), params)
	if err != nil {
		return 0, nil, contractError(err)
	}
	p.table.add(factor.ID, user.ID)
	wire, err := p.factorWire(factor.ID, factor, true)
	return 201, wire, err
}

func (p *proxy) readFactor(ctx context.Context, user User, id string) (int, object, error) {
	if _, err := p.table.find(user.ID, id); err != nil {
		return 0, nil, err
	}
	factor, err := p.workos.MultiFactorAuth().GetFactor(ctx, id)
	if err != nil {
		return 0, nil, contractError(err)
	}
	wire, err := p.factorWire(id, factor, false)
	return 200, wire, err
}

func (p *proxy) deleteFactor(ctx context.Context, user User, id string) (int, object, error) {
	row, err := p.table.find(user.ID, id)
	if err == nil && row.verified {
		err = p.table.requireSecondFactor(user)
	}
	if err != nil {
		return 0, nil, err
	}
	// Gone already is gone.
	if err := contractError(p.workos.MultiFactorAuth().DeleteFactor(ctx, id)); err != nil && !isNotFound(err) {
		return 0, nil, err
	}
	p.table.remove(id)
	return 204, nil, nil
}

func (p *proxy) challengeFactor(w http.ResponseWriter, r *http.Request, user User, id string) (int, object, error) {
	if err := readBody(w, r, &struct{}{}); err != nil {
		return 0, nil, err
	}
	row, err := p.table.find(user.ID, id)
	if err == nil && !row.verified {
		err = p.table.requireSecondFactor(user)
	}
	if err != nil {
		return 0, nil, err
	}
	template := smsTemplate
	params := &workos.MultiFactorAuthChallengeFactorParams{SmsTemplate: &template}
	challenge, err := p.workos.MultiFactorAuth().ChallengeFactor(r.Context(), id, params)
	if err != nil {
		return 0, nil, contractError(err)
	}
	p.table.challenge(challenge.ID, challengeRow{userID: user.ID, factorID: id})
	wire, err := challengeWire(challenge)
	return 201, wire, err
}

func (p *proxy) verifyChallenge(w http.ResponseWriter, r *http.Request, user User, id string) (int, object, error) {
	var body struct {
		Code string `json:"code"`
	}
	if err := readBody(w, r, &body); err != nil {
		return 0, nil, err
	}
	if !oneTimeCode.MatchString(body.Code) {
		return 0, nil, &refusal{status: 422, code: "invalid_request"}
	}
	if !p.table.challenged(user.ID, id) {
		return 0, nil, &refusal{status: 404, code: "entity_not_found"}
	}
	params := &workos.MultiFactorAuthVerifyChallengeParams{Code: body.Code}
	verification, err := p.workos.MultiFactorAuth().VerifyChallenge(r.Context(), id, params)
	if err != nil {
		return 0, nil, contractError(err)
	}
	// An answer that could not be read leaves Go's zero values: that is no wrong code.
	if verification.Challenge == nil || verification.Challenge.ID != id {
		return 0, nil, &refusal{status: 502, code: "server_error"}
	}
	wire, err := challengeWire(verification.Challenge)
	if err != nil {
		return 0, nil, err
	}
	if verification.Valid {
		isProof, err := p.table.accept(user, id)
		if err != nil {
			return 0, nil, err
		}
		if isProof {
			w.Header().Add("Set-Cookie", p.sessions.Complete(r))
		}
	}
	return 200, object{"challenge": wire, "valid": verification.Valid}, nil
}

// Turns the SDK's errors into the contract's.
func contractError(err error) error {
	if err == nil {
		return nil
	}
	var told *workos.APIError
	switch {
	case !errors.As(err, &told): // a lost connection, a time-out, an answer that is no JSON
		return &refusal{status: 502, code: "server_error"}
	case told.StatusCode == 404:
		return &refusal{status: 404, code: "entity_not_found"}
	case told.StatusCode == 429:
		return &refusal{status: 429, code: "rate_limit_exceeded", retryAfter: max(1, told.RetryAfter)}
	case passedOn[told.Code]:
		return &refusal{status: 422, code: told.Code}
	}
	return &refusal{status: 502, code: "server_error"}
}

func isNotFound(err error) bool {
	var refused *refusal
	return errors.As(err, &refused) && refused.status == 404
}

func max(a, b int) int {
	if a > b {
		return a
	}
	return b
}

// Field by field, from the SDK's own JSON: what nobody thought of stays inside, and with it a challenge's `code`.

func (p *proxy) factorWire(id string, factor any, withSecret bool) (object, error) {
	wire, err := plain(factor)
	if err != nil {
		return nil, err
	}
	answer := only(wire, "id", "type", "created_at", "updated_at")
	answer["status"] = "pending"
	if p.table.isVerified(id) {
		answer["status"] = "verified"
	}
	details, _ := wire[text(wire["type"])].(map[string]any)
	switch wire["type"] {
	case "totp":
		answer["totp"] = only(details, "issuer", "user")
		if withSecret {
			answer["totp"] = only(details, "issuer", "user", "secret", "qr_code", "uri")
		}
	case "sms":
		number := text(details["phone_number"])
		if len(number) > 4 {
			number = number[len(number)-4:]
		}
		answer["sms"] = object{"phone_number": "•••• " + number}
	}
	return answer, nil
}

func challengeWire(challenge *workos.AuthenticationChallenge) (object, error) {
	wire, err := plain(challenge)
	return only(wire, "id", "authentication_factor_id", "created_at", "expires_at"), err
}

func plain(value any) (object, error) {
	encoded, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	var wire object
	return wire, json.Unmarshal(encoded, &wire)
}

func only(wire map[string]any, names ...string) object {
	kept := object{}
	for _, name := range names {
		if value := wire[name]; value != nil && value != "" {
			kept[name] = value
		}
	}
	return kept
}

func text(value any) string {
	found, _ := value.(string)
	return found
}
