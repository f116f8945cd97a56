# frozen_string_literal: true

# Serves the example host on this machine until standard input closes, and says on which port.

require 'stringio'
require 'socket'
require_relative '../../../../../examples/hosts/ruby/mfa_proxy'

PROXY = MfaProxy.new
server = TCPServer.new('127.0.0.1', 0)

# As much of HTTP/1.1 as a test needs: Debian's Ruby has no Rack server.
def serve(socket)
  method, target, = socket.gets.split
  headers = {}
  while (line = socket.gets.chomp) != ''
    name, value = line.split(': ', 2)
    headers[name.downcase] = value
  end
  path = target.split('?').first.gsub(/%(\h\h)/) { $1.hex.chr } # decoded, as some Rack servers do
  # Mounted, as Rails does it.
  env = { 'REQUEST_METHOD' => method, 'SCRIPT_NAME' => path[%r{\A/api/mfa}].to_s }
  env['PATH_INFO'] = path.delete_prefix(env['SCRIPT_NAME'])
  env['CONTENT_TYPE'] = headers.delete('content-type')
  headers.each { |key, value| env["HTTP_#{key.upcase.tr('-', '_')}"] = value }
  env['rack.input'] = StringIO.new(socket.read(headers['content-length'].to_i))
  status, answer, body = PROXY.call(env)
  text = body.join
  socket.write "HTTP/1.1 #{status} x\r\nConnection: close\r\n"
  socket.write "Content-Length: #{text.bytesize}\r\n" unless status == 204
  answer.each { |key, value| socket.write "#{key}: #{value}\r\n" }
  socket.write "\r\n", text
ensure
  socket.close
end

$stdout.sync = true
puts "listening on #{server.addr[1]}"
Thread.new { $stdin.read; exit! }
loop { Thread.new(server.accept) { |socket| serve(socket) } }
