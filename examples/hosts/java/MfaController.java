package com.example.mfa;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.workos.WorkOS;
import com.workos.common.exceptions.RateLimitException;
import com.workos.common.exceptions.WorkOSException;
import com.workos.common.http.RetryConfig;
import com.workos.common.json.ObjectMapperFactory;
import com.workos.multifactorauth.MultiFactorAuth;
import com.workos.types.AuthenticationFactorsCreateRequestType;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * mfa-kit's contract on the WorkOS SDK for the JVM ({@code com.workos:workos:7}), for Spring Boot 3.
 *
 * <pre>
 * CREATE TABLE mfa_factor (id VARCHAR(128) PRIMARY KEY, user_id VARCHAR(255) NOT NULL, verified BOOLEAN NOT NULL,
 *   created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP);
 * CREATE TABLE mfa_challenge (id VARCHAR(128) PRIMARY KEY, factor_id VARCHAR(128) NOT NULL, user_id VARCHAR(255) NOT NULL);
 * </pre>
 */
@RestController
@RequestMapping("/api/mfa")
public class MfaController {
  private static final Set<String> ORIGINS = Set.of("https://app.example"); // your own, written out
  private static final String ISSUER = "Example App";
  private static final String SMS_TEMPLATE = "Your Example App code is {{code}}.\n\n@app.example #{{code}}";
  private static final int MAX_BODY = 16 * 1024;
  private static final String ID = "{id:[A-Za-z0-9_-]{1,128}}";

  /** What WorkOS may say that the person should hear. Anything else is our own trouble: 502, without its words. */
  private static final Set<String> PASSED_ON =
      Set.of(
          "authentication_challenge_expired",
          "authentication_challenge_previously_verified",
          "invalid_one_time_code",
          "invalid_phone_number",
          "one_time_code_expired",
          "one_time_code_previously_used",
          "one_time_code_too_many_attempts");

  /** Yours: who is signed in, and the Set-Cookie of the session once it is complete. */
  public interface Sessions {
    Optional<User> userOf(HttpHeaders headers);

    String complete(HttpHeaders headers);
  }

  /** @param isComplete Whether this session came from {@code complete}: somebody has shown a code in it. */
  public record User(String id, String email, boolean isComplete) {}

  private final JdbcTemplate database;
  private final TransactionTemplate transaction;
  private final Sessions sessions;
  private final MultiFactorAuth mfa;

  /** The SDK's own, which writes its objects as WorkOS does: snake_case, dates in ISO 8601. Spring's may not. */
  private final ObjectMapper json = ObjectMapperFactory.create();

  public MfaController(JdbcTemplate database, TransactionTemplate transaction, Sessions sessions) {
    this.database = database;
    this.transaction = transaction;
    this.sessions = sessions;
    // With the SDK's three retries a POST that timed out is sent again: up to four text messages.
    this.mfa =
        WorkOS.builder()
            .apiKey(System.getenv("WORKOS_API_KEY"))
            .retryConfig(RetryConfig.DISABLED)
            .build()
            .getMultiFactorAuth();
  }

  @GetMapping("/factors")
  public ResponseEntity<JsonNode> listFactors(@RequestHeader HttpHeaders headers) {
    User user = require(headers);
    ArrayNode data = json.createArrayNode();
    List<String> ids =
        database.queryForList("SELECT id FROM mfa_factor WHERE user_id = ? ORDER BY created_at", String.class, user.id());
    for (String id : ids) {
      try {
        data.add(factorWire(call(() -> mfa.getFactor(id)), false));
      } catch (Refusal refusal) {
        if (refusal.status != 404) throw refusal; // WorkOS no longer has it
      }
    }
    ObjectNode answer = json.createObjectNode();
    answer.set("data", data);
    return answer(200, answer);
  }

  @PostMapping("/factors")
  public ResponseEntity<JsonNode> enrollFactor(
      @RequestHeader HttpHeaders headers, @RequestBody(required = false) byte[] text) {
    User user = requireOwnPage(headers);
    JsonNode body = read(headers, text);
    requireSecondFactor(user);
    Object factor =
        switch (body.path("type").asText()) {
          case "totp" ->
              call(() -> mfa.enrollFactor(AuthenticationFactorsCreateRequestType.Totp, null, ISSUER, user.email()));
          case "sms" -> {
            String phone = body.path("phone_number").isTextual() ? body.path("phone_number").asText() : "";
            if (!phone.matches("\\+[1-9][0-9]{6,14}")) throw new Refusal(422, "invalid_phone_number");
            yield call(() -> mfa.enrollFactor(AuthenticationFactorsCreateRequestType.Sms, phone));
          }
          default -> throw new Refusal(422, "invalid_request");
        };
    String id = json.valueToTree(factor).path("id").asText();
    database.update("INSERT INTO mfa_factor (id, user_id, verified) VALUES (?, ?, FALSE)", id, user.id());
    return answer(201, factorWire(factor, true));
  }

  @GetMapping("/factors/" + ID)
  public ResponseEntity<JsonNode> readFactor(@RequestHeader HttpHeaders headers, @PathVariable("id") String id) {
    requireFactor(require(headers), id);
    return answer(200, factorWire(call(() -> mfa.getFactor(id)), false));
  }

  @DeleteMapping("/factors/" + ID)
  public ResponseEntity<JsonNode> deleteFactor(@RequestHeader HttpHeaders headers, @PathVariable("id") String id) {
    User user = requireOwnPage(headers);
    if (requireFactor(user, id)) requireSecondFactor(user);
    try {
      call(
          () -> {
            mfa.deleteFactor(id);
            return id;
          });
    } catch (Refusal refusal) {
      if (refusal.status != 404) throw refusal; // gone already is gone
    }
    database.update("DELETE FROM mfa_challenge WHERE factor_id = ?", id);
    database.update("DELETE FROM mfa_factor WHERE id = ?", id);
    return answer(204, null);
  }

  @PostMapping("/factors/" + ID + "/challenge")
  public ResponseEntity<JsonNode> challengeFactor(
      @RequestHeader HttpHeaders headers,
      @PathVariable("id") String id,
      @RequestBody(required = false) byte[] text) {
    User user = requireOwnPage(headers);
    read(headers, text);
    if (!requireFactor(user, id)) requireSecondFactor(user);
    JsonNode challenge = json.valueToTree(call(() -> mfa.challengeFactor(id, SMS_TEMPLATE)));
    database.update(
        "INSERT INTO mfa_challenge (id, factor_id, user_id) VALUES (?, ?, ?)",
        challenge.path("id").asText(),
        id,
        user.id());
    return answer(201, challengeWire(challenge));
  }

  @PostMapping("/challenges/" + ID + "/verify")
  public ResponseEntity<JsonNode> verifyChallenge(
      @RequestHeader HttpHeaders headers,
      @PathVariable("id") String id,
      @RequestBody(required = false) byte[] text) {
    User user = requireOwnPage(headers);
    JsonNode code = read(headers, text).path("code");
    if (!code.isTextual() || !code.asText().matches("[0-9]{4,10}")) throw new Refusal(422, "invalid_request");
    String factorId =
        database
            .queryForList("SELECT factor_id FROM mfa_challenge WHERE id = ? AND user_id = ?", String.class, id, user.id())
            .stream()
            .findFirst()
            .orElseThrow(() -> new Refusal(404, "entity_not_found"));
    JsonNode verification = json.valueToTree(call(() -> mfa.verifyChallenge(id, code.asText())));
    if (!verification.path("challenge").path("id").asText().equals(id)) throw new Refusal(502, "server_error");
    boolean isRight = verification.path("valid").isBoolean() && verification.path("valid").asBoolean();
    ObjectNode answer = json.createObjectNode();
    answer.set("challenge", challengeWire(verification.path("challenge")));
    answer.put("valid", isRight);
    ResponseEntity.BodyBuilder builder = headersOf(200);
    if (isRight && Boolean.TRUE.equals(transaction.execute(status -> accept(user, id, factorId)))) {
      builder.header("Set-Cookie", sessions.complete(headers));
    }
    return builder.contentType(MediaType.APPLICATION_JSON).body(answer);
  }

  /** Takes a right code. Whether it proves who it is: anybody can show the code of a factor they just added. */
  private boolean accept(User user, String challengeId, String factorId) {
    // Locked, so that what is read next still holds when the factor is marked.
    database.queryForList("SELECT id FROM mfa_factor WHERE user_id = ? ORDER BY id FOR UPDATE", String.class, user.id());
    // Of two that come at once one deletes the row, and only that one may pass.
    if (database.update("DELETE FROM mfa_challenge WHERE id = ?", challengeId) != 1) {
      throw new Refusal(422, "authentication_challenge_previously_verified");
    }
    List<String> verified = verifiedOf(user);
    boolean isProof = verified.isEmpty() || verified.contains(factorId);
    if (!isProof) requireSecondFactor(user);
    database.update("UPDATE mfa_factor SET verified = TRUE WHERE id = ?", factorId);
    return isProof;
  }

  private List<String> verifiedOf(User user) {
    return database.queryForList("SELECT id FROM mfa_factor WHERE user_id = ? AND verified", String.class, user.id());
  }

  /** Refuses a session that has shown the password alone, where the account has a second factor. */
  private void requireSecondFactor(User user) {
    if (!user.isComplete() && !verifiedOf(user).isEmpty()) throw new Refusal(403, "step_up_required");
  }

  private User require(HttpHeaders headers) {
    return sessions.userOf(headers).orElseThrow(() -> new Refusal(401, "unauthenticated"));
  }

  /** Refuses what another site made the browser send. */
  private User requireOwnPage(HttpHeaders headers) {
    User user = require(headers);
    String site = headers.getFirst("Sec-Fetch-Site");
    String origin = headers.getFirst("Origin");
    boolean isOwn =
        (site != null || origin != null)
            && (site == null || site.equals("same-origin"))
            && (origin == null || ORIGINS.contains(origin));
    if (!isOwn || !"mfa-kit".equals(headers.getFirst("X-Requested-With"))) throw new Refusal(403, "forbidden");
    return user;
  }

  /** Whether it is verified. Somebody else's is answered as one that does not exist. */
  private boolean requireFactor(User user, String id) {
    return database
        .queryForList("SELECT verified FROM mfa_factor WHERE id = ? AND user_id = ?", Boolean.class, id, user.id())
        .stream()
        .findFirst()
        .orElseThrow(() -> new Refusal(404, "entity_not_found"));
  }

  private JsonNode read(HttpHeaders headers, byte[] text) {
    MediaType type = headers.getContentType();
    if (type == null || !type.isCompatibleWith(MediaType.APPLICATION_JSON)) throw new Refusal(415, "invalid_request");
    if (text != null && text.length > MAX_BODY) throw new Refusal(413, "invalid_request");
    try {
      JsonNode body = text == null ? null : json.readTree(text);
      if (body != null && body.isObject()) return body;
    } catch (IOException unreadable) {
      // falls through
    }
    throw new Refusal(400, "invalid_request");
  }

  /** Calls WorkOS, and turns its errors into the contract's. */
  private static <T> T call(Supplier<T> operation) {
    try {
      return operation.get();
    } catch (RateLimitException error) {
      throw new Refusal(429, "rate_limit_exceeded", error.retryAfterSeconds == null ? 30L : error.retryAfterSeconds);
    } catch (WorkOSException error) { // time-outs and lost connections too, with status 0
      if (error.status == 404) throw new Refusal(404, "entity_not_found");
      throw PASSED_ON.contains(String.valueOf(error.code))
          ? new Refusal(422, error.code)
          : new Refusal(502, "server_error");
    } catch (RuntimeException error) {
      throw new Refusal(502, "server_error");
    }
  }

  // Field by field: what nobody thought of stays inside, and with it a challenge's `code`.

  private ObjectNode factorWire(Object factor, boolean withSecret) {
    ObjectNode wire = json.valueToTree(factor);
    ObjectNode answer = only(wire, "id", "type", "created_at", "updated_at");
    List<Boolean> verified =
        database.queryForList(
            "SELECT verified FROM mfa_factor WHERE id = ?", Boolean.class, wire.path("id").asText());
    answer.put("status", verified.contains(true) ? "verified" : "pending");
    switch (wire.path("type").asText()) {
      case "totp" ->
          answer.set(
              "totp",
              withSecret
                  ? only(wire.path("totp"), "issuer", "user", "secret", "qr_code", "uri")
                  : only(wire.path("totp"), "issuer", "user"));
      case "sms" -> {
        String number = wire.path("sms").path("phone_number").asText();
        String end = number.substring(Math.max(0, number.length() - 4));
        answer.putObject("sms").put("phone_number", "•••• " + end);
      }
      default -> {}
    }
    return answer;
  }

  private ObjectNode challengeWire(JsonNode wire) {
    return only(wire, "id", "authentication_factor_id", "created_at", "expires_at");
  }

  private ObjectNode only(JsonNode wire, String... names) {
    ObjectNode kept = json.createObjectNode();
    for (String name : names) if (wire.hasNonNull(name)) kept.set(name, wire.get(name));
    return kept;
  }

  private static ResponseEntity.BodyBuilder headersOf(int status) {
    return ResponseEntity.status(status)
        .header("Cache-Control", "no-store")
        .header("Vary", "Cookie, Origin")
        .header("X-Content-Type-Options", "nosniff");
  }

  private static ResponseEntity<JsonNode> answer(int status, JsonNode body) {
    return body == null ? headersOf(status).build() : headersOf(status).contentType(MediaType.APPLICATION_JSON).body(body);
  }

  private static final class Refusal extends RuntimeException {
    final int status;
    final String code;
    final Long retryAfter;

    Refusal(int status, String code) {
      this(status, code, null);
    }

    Refusal(int status, String code, Long retryAfter) {
      super(code);
      this.status = status;
      this.code = code;
      this.retryAfter = retryAfter;
    }
  }

  /** Whatever else goes wrong says nothing of why: a message may hold a phone number. */
  @ExceptionHandler
  public ResponseEntity<JsonNode> refuse(RuntimeException error) {
    Refusal refusal = error instanceof Refusal known ? known : new Refusal(500, "server_error");
    ObjectNode body = json.createObjectNode().put("code", refusal.code).put("message", "The request was refused.");
    ResponseEntity.BodyBuilder builder = headersOf(refusal.status);
    if (refusal.retryAfter != null) {
      body.put("retry_after", refusal.retryAfter);
      builder.header("Retry-After", String.valueOf(refusal.retryAfter));
    }
    return builder.contentType(MediaType.APPLICATION_JSON).body(body);
  }
}
