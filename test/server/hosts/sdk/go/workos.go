// Package workos is as much of workos-go 10 as the example host uses: the same names, arguments, objects and errors.
package workos

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strconv"
)

type APIError struct {
	StatusCode int    `json:"-"`
	RetryAfter int    `json:"-"`
	Code       string `json:"code"`
	Message    string `json:"message"`
}

func (e *APIError) Error() string { return e.Message }

type NotFoundError struct{ *APIError }

func (e *NotFoundError) Unwrap() error { return e.APIError }

type NetworkError struct{ Err error }

func (e *NetworkError) Error() string { return e.Err.Error() }

type AuthenticationFactorsCreateRequestType string

type AuthenticationFactorSMS struct {
	PhoneNumber string `json:"phone_number"`
}

type AuthenticationFactorEnrolledTOTP struct {
	Issuer string `json:"issuer"`
	User   string `json:"user"`
	Secret string `json:"secret,omitempty"`
	QRCode string `json:"qr_code,omitempty"`
	URI    string `json:"uri,omitempty"`
}

type AuthenticationFactorEnrolled struct {
	Object    string                            `json:"object"`
	ID        string                            `json:"id"`
	Type      string                            `json:"type"`
	UserID    *string                           `json:"user_id,omitempty"`
	SMS       *AuthenticationFactorSMS          `json:"sms,omitempty"`
	TOTP      *AuthenticationFactorEnrolledTOTP `json:"totp,omitempty"`
	CreatedAt string                            `json:"created_at"`
	UpdatedAt string                            `json:"updated_at"`
}

type AuthenticationFactor AuthenticationFactorEnrolled

type AuthenticationChallenge struct {
	Object                 string  `json:"object"`
	ID                     string  `json:"id"`
	ExpiresAt              *string `json:"expires_at,omitempty"`
	Code                   *string `json:"code,omitempty"`
	AuthenticationFactorID string  `json:"authentication_factor_id"`
	CreatedAt              string  `json:"created_at"`
	UpdatedAt              string  `json:"updated_at"`
}

type AuthenticationChallengeVerifyResponse struct {
	Challenge *AuthenticationChallenge `json:"challenge"`
	Valid     bool                     `json:"valid"`
}

type MultiFactorAuthEnrollFactorParams struct {
	Type        AuthenticationFactorsCreateRequestType `json:"type"`
	PhoneNumber *string                                `json:"phone_number,omitempty"`
	TOTPIssuer  *string                                `json:"totp_issuer,omitempty"`
	TOTPUser    *string                                `json:"totp_user,omitempty"`
	UserID      *string                                `json:"user_id,omitempty"`
}

type MultiFactorAuthChallengeFactorParams struct {
	SmsTemplate *string `json:"sms_template,omitempty"`
}

type MultiFactorAuthVerifyChallengeParams struct {
	Code string `json:"code"`
}

type Client struct {
	apiKey     string
	maxRetries int
	httpClient *http.Client
}

type ClientOption func(*Client)

type RequestOption func()

func WithMaxRetries(n int) ClientOption { return func(c *Client) { c.maxRetries = n } }

func WithHTTPClient(client *http.Client) ClientOption {
	return func(c *Client) { c.httpClient = client }
}

func NewClient(apiKey string, opts ...ClientOption) *Client {
	c := &Client{apiKey: apiKey, maxRetries: 3}
	for _, opt := range opts {
		opt(c)
	}
	if c.maxRetries != 0 {
		panic("With retries one press of a button sends several text messages.")
	}
	return c
}

type MultiFactorAuthService struct{ client *Client }

func (c *Client) MultiFactorAuth() *MultiFactorAuthService { return &MultiFactorAuthService{c} }

func (s *MultiFactorAuthService) EnrollFactor(ctx context.Context, params *MultiFactorAuthEnrollFactorParams, opts ...RequestOption) (*AuthenticationFactorEnrolled, error) {
	return send[AuthenticationFactorEnrolled](ctx, s.client, "POST", "/auth/factors/enroll", params)
}

func (s *MultiFactorAuthService) GetFactor(ctx context.Context, id string, opts ...RequestOption) (*AuthenticationFactor, error) {
	return send[AuthenticationFactor](ctx, s.client, "GET", "/auth/factors/"+id, nil)
}

func (s *MultiFactorAuthService) DeleteFactor(ctx context.Context, id string, opts ...RequestOption) error {
	_, err := send[struct{}](ctx, s.client, "DELETE", "/auth/factors/"+id, nil)
	return err
}

func (s *MultiFactorAuthService) ChallengeFactor(ctx context.Context, id string, params *MultiFactorAuthChallengeFactorParams, opts ...RequestOption) (*AuthenticationChallenge, error) {
	return send[AuthenticationChallenge](ctx, s.client, "POST", fmt.Sprintf("/auth/factors/%s/challenge", id), params)
}

func (s *MultiFactorAuthService) VerifyChallenge(ctx context.Context, id string, params *MultiFactorAuthVerifyChallengeParams, opts ...RequestOption) (*AuthenticationChallengeVerifyResponse, error) {
	return send[AuthenticationChallengeVerifyResponse](ctx, s.client, "POST", fmt.Sprintf("/auth/challenges/%s/verify", id), params)
}

func send[T any](ctx context.Context, c *Client, method, path string, params any) (*T, error) {
	body, _ := json.Marshal(params)
	request, err := http.NewRequestWithContext(ctx, method, os.Getenv("WORKOS_BASE_URL")+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+c.apiKey)
	request.Header.Set("Content-Type", "application/json")
	response, err := c.httpClient.Do(request)
	if err != nil {
		return nil, &NetworkError{err}
	}
	defer response.Body.Close()
	if response.StatusCode >= 400 {
		told := &APIError{StatusCode: response.StatusCode}
		told.RetryAfter, _ = strconv.Atoi(response.Header.Get("Retry-After"))
		_ = json.NewDecoder(response.Body).Decode(told)
		if told.StatusCode == 404 {
			return nil, &NotFoundError{told}
		}
		return nil, told
	}
	result := new(T)
	if response.StatusCode == 204 {
		return result, nil
	}
	if err := json.NewDecoder(response.Body).Decode(result); err != nil {
		return nil, fmt.Errorf("workos: failed to decode response: %w", err)
	}
	return result, nil
}
