# frozen_string_literal: true

# As much of workos-ruby 5 as the example host uses: the same names, arguments, objects and errors.

require 'json'
require 'net/http'

module WorkOS
  class WorkOSError < StandardError
    attr_reader :http_status, :code

    def initialize(message: nil, http_status: nil, code: nil, retry_after: nil)
      super(message)
      @http_status = http_status
      @code = code
      @retry_after = retry_after
    end
  end

  %w[
    APIError AuthenticationError InvalidRequestError NotFoundError RateLimitExceededError UnprocessableEntityError
  ].each { |name| const_set(name, Class.new(WorkOSError)) }

  Config = Struct.new(:key, :timeout)
  def self.config = (@config ||= Config.new)
  def self.configure = yield(config)

  # An object whose `to_json` is a Hash, like the SDK's.
  class Model
    def initialize(json)
      @values = JSON.parse(json, symbolize_names: true)
    end

    def id = @values[:id]
    def to_h = self.class::FIELDS.to_h { |name| [name, @values[name]] } # nil where WorkOS said nothing
    def to_json(*) = to_h
  end

  class Factor < Model
    FIELDS = %i[id object type totp sms created_at updated_at].freeze
  end

  class Challenge < Model
    FIELDS = %i[id object expires_at code authentication_factor_id created_at updated_at].freeze
  end

  class VerifyChallenge < Model
    FIELDS = %i[challenge valid].freeze
    def challenge = @values[:challenge]
    def valid = @values[:valid]
  end

  module MFA
    class << self
      def enroll_factor(type:, totp_issuer: nil, totp_user: nil, phone_number: nil)
        body = { type: type, totp_issuer: totp_issuer, totp_user: totp_user, phone_number: phone_number }
        Factor.new(request(Net::HTTP::Post, '/auth/factors/enroll', body.compact))
      end

      def get_factor(id:) = Factor.new(request(Net::HTTP::Get, "/auth/factors/#{id}"))

      def delete_factor(id:)
        request(Net::HTTP::Delete, "/auth/factors/#{id}")
        true
      end

      def challenge_factor(authentication_factor_id: nil, sms_template: nil)
        path = "/auth/factors/#{authentication_factor_id}/challenge"
        Challenge.new(request(Net::HTTP::Post, path, { sms_template: sms_template }))
      end

      def verify_challenge(authentication_challenge_id: nil, code: nil)
        path = "/auth/challenges/#{authentication_challenge_id}/verify"
        VerifyChallenge.new(request(Net::HTTP::Post, path, { code: code }))
      end

      private

      def request(kind, path, body = nil)
        uri = URI(ENV.fetch('WORKOS_BASE_URL'))
        request = kind.new(path, 'Content-Type' => 'application/json')
        request['Authorization'] = "Bearer #{WorkOS.config.key}"
        request.body = body.to_json if body
        response = Net::HTTP.new(uri.host, uri.port).request(request)
        fail_with(response) if response.code.to_i >= 400
        response.body
      end

      # With the fields that each class really gets, and a body that is no JSON raised as what it is.
      def fail_with(response)
        status = response.code.to_i
        json = JSON.parse(response.body)
        told = { message: json['message'], http_status: status }
        raise InvalidRequestError.new(**told, code: json['code']) if status == 400
        raise AuthenticationError.new(**told) if status == 401
        raise NotFoundError.new(**told) if status == 404
        raise UnprocessableEntityError.new(**told, code: json['code']) if status == 422
        raise RateLimitExceededError.new(**told, retry_after: response['Retry-After']) if status == 429

        raise APIError.new(**told)
      end
    end
  end
end
