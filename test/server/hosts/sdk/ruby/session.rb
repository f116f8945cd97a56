# frozen_string_literal: true

# The app's sessions, as the test has them: `session=ada.1` is Ada's first. A completed one gets the next number.
module Session
  def self.of(env)
    name, number = env['HTTP_COOKIE'].to_s[/\bsession=([^;]+)/, 1].to_s.split('.')
    [name, number.to_i]
  end

  def self.user_of(env)
    name, number = of(env)
    name && { id: "user_#{name}", email: "#{name}@example.com", complete: number > 1 }
  end

  def self.complete(env)
    name, number = of(env)
    "session=#{name}.#{number + 1}; Path=/; HttpOnly"
  end
end
