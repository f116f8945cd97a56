# frozen_string_literal: true

# mfa-kit's contract on the WorkOS SDK for Ruby (`gem "workos", "~> 5.31"`), as a Rack application.
# Rails: `mount MfaProxy.new => '/api/mfa'` in routes.rb. Sinatra and others: `map('/api/mfa') { run MfaProxy.new }`.

require 'json'
require 'pstore'
require 'workos'

# Yours: Session.complete(env) -> the new session's Set-Cookie; Session.user_of(env) -> { id:, email:, complete: } or nil,
# where `complete` tells whether this session came from there: somebody has shown a code in it.
require 'session'

WorkOS.configure do |config|
  config.key = ENV.fetch('WORKOS_API_KEY')
  config.timeout = 10
end

class MfaProxy
  BASE_PATH = '/api/mfa'
  ORIGINS = ['https://app.example'].freeze # your own, written out
  ISSUER = 'Example App'
  SMS_TEMPLATE = "Your Example App code is {{code}}.\n\n@app.example #\{{code}}"
  MAX_BODY = 16 * 1024
  ID = '([A-Za-z0-9_-]{1,128})'
  # \A and \z: in Ruby ^ and $ would let a second line through.
  ROUTES = [
    ['GET', %r{\A/factors\z}, :list_factors],
    ['POST', %r{\A/factors\z}, :enroll_factor],
    ['GET', %r{\A/factors/#{ID}\z}, :read_factor],
    ['DELETE', %r{\A/factors/#{ID}\z}, :delete_factor],
    ['POST', %r{\A/factors/#{ID}/challenge\z}, :challenge_factor],
    ['POST', %r{\A/challenges/#{ID}/verify\z}, :verify_challenge]
  ].freeze
  # What WorkOS may say that the person should hear. Anything else is our own trouble: 502, without its words.
  PASSED_ON = %w[
    authentication_challenge_expired authentication_challenge_previously_verified invalid_one_time_code
    invalid_phone_number one_time_code_expired one_time_code_previously_used one_time_code_too_many_attempts
  ].freeze

  class Refusal < StandardError
    attr_reader :status, :code, :retry_after

    def initialize(status, code, retry_after: nil)
      super(code)
      @status = status
      @code = code
      @retry_after = retry_after
    end
  end

  def call(env)
    Answer.new(env).to_rack
  end

  # One request. Its own object, because a Rack application serves many at the same time.
  class Answer
    def initialize(env)
      @env = env
      @headers = {
        'cache-control' => 'no-store', 'vary' => 'Cookie, Origin', 'x-content-type-options' => 'nosniff'
      }
      # Whose factors they are: WorkOS does not know. Any database will do, with two tables.
      @table = PStore.new(ENV.fetch('DATABASE', 'mfa.pstore'))
    end

    def to_rack
      status, body = answer
      return [status, @headers, []] if body.nil?

      [status, { **@headers, 'content-type' => 'application/json' }, [JSON.generate(body)]]
    end

    private

    def answer
      respond
    rescue Refusal => e
      body = { code: e.code, message: 'The request was refused.' }
      if e.retry_after
        body[:retry_after] = e.retry_after
        @headers['retry-after'] = e.retry_after.to_s
      end
      [e.status, body]
    rescue StandardError
      # Log the class and the place: a message may hold a phone number.
      [500, { code: 'server_error', message: 'Something went wrong.' }]
    end

    def respond
      @user = Session.user_of(@env) or raise Refusal.new(401, 'unauthenticated')
      method = @env['REQUEST_METHOD']
      require_own_page unless method == 'GET'
      # A mounted application gets the mount path apart, in SCRIPT_NAME.
      path = "#{@env['SCRIPT_NAME']}#{@env['PATH_INFO']}".delete_prefix(BASE_PATH)
      ROUTES.each do |wanted, pattern, name|
        match = pattern.match(path) if method == wanted
        return send(name, *match.captures) if match
      end
      raise Refusal.new(404, 'entity_not_found')
    end

    # Refuses what another site made the browser send.
    def require_own_page
      site, origin = @env.values_at('HTTP_SEC_FETCH_SITE', 'HTTP_ORIGIN')
      own = (site || origin) && [nil, 'same-origin'].include?(site) && (origin.nil? || ORIGINS.include?(origin))
      raise Refusal.new(403, 'forbidden') unless own && @env['HTTP_X_REQUESTED_WITH'] == 'mfa-kit'
    end

    def body
      type = @env['CONTENT_TYPE'].to_s.split(';').first.to_s.strip.downcase
      raise Refusal.new(415, 'invalid_request') unless type == 'application/json'

      text = @env['rack.input'].read(MAX_BODY + 1).to_s
      raise Refusal.new(413, 'invalid_request') if text.bytesize > MAX_BODY

      parsed = JSON.parse(text)
      raise Refusal.new(400, 'invalid_request') unless parsed.is_a?(Hash)

      parsed
    rescue JSON::ParserError
      raise Refusal.new(400, 'invalid_request')
    end

    def list_factors
      rows = @table.transaction(true) { (@table[:factors] || {}).select { |_, row| row[:user_id] == @user[:id] } }
      data = rows.filter_map do |id, row|
        factor = work_os(missing: nil) { WorkOS::MFA.get_factor(id: id) }
        factor && factor_wire(factor, row[:verified])
      end
      [200, { data: data }]
    end

    def enroll_factor
      asked = body
      require_second_factor
      options =
        if asked['type'] == 'totp'
          { type: 'totp', totp_issuer: ISSUER, totp_user: @user[:email] }
        elsif asked['type'] == 'sms'
          unless asked['phone_number'].to_s.match?(/\A\+[1-9][0-9]{6,14}\z/)
            raise Refusal.new(422, 'invalid_phone_number')
          end

          { type: 'sms', phone_number: asked['phone_number'] }
        else
          raise Refusal.new(422, 'invalid_request')
        end
      factor = work_os { WorkOS::MFA.enroll_factor(**options) }
      write { @table[:factors][factor.id] = { user_id: @user[:id], verified: false } }
      [201, factor_wire(factor, false, secret: true)]
    end

    def read_factor(id)
      row = owned(:factors, id)
      [200, factor_wire(work_os { WorkOS::MFA.get_factor(id: id) }, row[:verified])]
    end

    def delete_factor(id)
      require_second_factor if owned(:factors, id)[:verified]
      work_os(missing: nil) { WorkOS::MFA.delete_factor(id: id) } # gone already is gone
      write do
        @table[:factors].delete(id)
        @table[:challenges].reject! { |_, row| row[:factor_id] == id }
      end
      [204, nil]
    end

    def challenge_factor(id)
      body
      require_second_factor unless owned(:factors, id)[:verified]
      challenge = work_os do
        WorkOS::MFA.challenge_factor(authentication_factor_id: id, sms_template: SMS_TEMPLATE)
      end
      write { @table[:challenges][challenge.id] = { user_id: @user[:id], factor_id: id } }
      [201, challenge_wire(challenge)]
    end

    def verify_challenge(id)
      code = body['code']
      raise Refusal.new(422, 'invalid_request') unless code.is_a?(String) && code.match?(/\A[0-9]{4,10}\z/)

      factor_id = owned(:challenges, id)[:factor_id]
      verification = work_os { WorkOS::MFA.verify_challenge(authentication_challenge_id: id, code: code) }
      challenge = plain(verification)['challenge']
      raise Refusal.new(502, 'server_error') unless challenge.is_a?(Hash) && challenge['id'] == id

      right = verification.valid == true
      if right
        proof = write { accept(id, factor_id) }
        @headers['set-cookie'] = Session.complete(@env) if proof
      end
      [200, { challenge: challenge_wire(challenge), valid: right }]
    end

    # In one transaction. Whether the code proves who it is: anybody can show the code of a factor they just added.
    def accept(challenge_id, factor_id)
      factor = @table[:factors][factor_id]
      # Of two that come at once one deletes the row, and only that one may pass.
      unless @table[:challenges].delete(challenge_id) && factor
        raise Refusal.new(422, 'authentication_challenge_previously_verified')
      end

      proof = factor[:verified] || !second_factor?
      raise Refusal.new(403, 'step_up_required') unless proof || @user[:complete]

      factor[:verified] = true
      proof
    end

    # Refuses a session that has shown the password alone, where the account has a second factor.
    def require_second_factor
      owes = !@user[:complete] && @table.transaction(true) { second_factor? }
      raise Refusal.new(403, 'step_up_required') if owes
    end

    # To be asked in a transaction.
    def second_factor?
      (@table[:factors] || {}).any? { |_, row| row[:user_id] == @user[:id] && row[:verified] }
    end

    def write
      @table.transaction do
        @table[:factors] ||= {}
        @table[:challenges] ||= {}
        yield
      end
    end

    # The row, if it is this user's. Somebody else's is answered as one that does not exist.
    def owned(kind, id)
      row = @table.transaction(true) { (@table[kind] || {})[id] }
      raise Refusal.new(404, 'entity_not_found') unless row && row[:user_id] == @user[:id]

      row
    end

    REQUIRED = Object.new

    # Calls WorkOS, and turns its errors into the contract's.
    def work_os(missing: REQUIRED)
      yield
    rescue WorkOS::NotFoundError
      raise Refusal.new(404, 'entity_not_found') if missing.equal?(REQUIRED)

      missing
    rescue WorkOS::RateLimitExceededError
      raise Refusal.new(429, 'rate_limit_exceeded', retry_after: 30)
    rescue StandardError => e
      # Not WorkOSError alone: an error page that is no JSON and a lost connection come as Ruby's own errors.
      code = e.code if e.is_a?(WorkOS::WorkOSError)
      raise PASSED_ON.include?(code) ? Refusal.new(422, code) : Refusal.new(502, 'server_error')
    end

    # Field by field: what nobody thought of stays inside, and with it a challenge's `code`.

    def factor_wire(factor, verified, secret: false)
      wire = plain(factor)
      answer = wire.slice('id', 'type', 'created_at', 'updated_at')
      answer['status'] = verified ? 'verified' : 'pending'
      if wire['type'] == 'totp'
        answer['totp'] = wire['totp'].slice('issuer', 'user', *(%w[secret qr_code uri] if secret))
      elsif wire['type'] == 'sms'
        answer['sms'] = { 'phone_number' => "•••• #{wire['sms']['phone_number'][-4..]}" }
      end
      answer
    end

    def challenge_wire(challenge)
      plain(challenge).slice('id', 'authentication_factor_id', 'created_at', 'expires_at').compact
    end

    # The SDK's `to_json` returns a Hash, which no JSON library expects; `to_h` is what it means.
    def plain(object)
      JSON.parse(JSON.generate(object.to_h))
    end
  end
end
