// mfa-kit's contract on the WorkOS SDK for .NET (WorkOS.net 6), as ASP.NET Core endpoints (.NET 8):
// app.MapMfa(new WorkOSClient(new WorkOSOptions { ApiKey = …, MaxRetries = 0 }));

using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using WorkOS;

/// <summary>Yours: who is signed in, and the session once it is complete (a new id, a new cookie).</summary>
public interface ISessions
{
    SignedIn? UserOf(HttpContext http);

    void Complete(HttpContext http);
}

/// <param name="IsComplete">Whether this session came from Complete: somebody has shown a code in it.</param>
public record SignedIn(string Id, string Email, bool IsComplete);

/// <summary>Yours, in your database: whose factors they are, which WorkOS does not know.</summary>
public interface IFactorTable
{
    Task<IReadOnlyList<OwnedFactor>> Of(string userId);

    Task<OwnedFactor?> Find(string userId, string factorId);

    Task Add(OwnedFactor factor, string userId);

    /// <summary>The factor and its challenges.</summary>
    Task Remove(string factorId);

    Task AddChallenge(string challengeId, string factorId, string userId);

    Task<string?> FactorOfChallenge(string userId, string challengeId);

    /// <summary>
    /// Takes a right code, in one transaction that begins by locking the user's factors (SELECT … FOR UPDATE): deletes the
    /// challenge, hands its factor and all of the user's to <paramref name="decide"/>, and marks that factor as verified.
    /// Where <paramref name="decide"/> throws, nothing has happened.
    /// </summary>
    /// <returns>What was decided, or null where there was no challenge to delete.</returns>
    Task<bool?> Accept(string challengeId, string userId, Func<OwnedFactor, IReadOnlyList<OwnedFactor>, bool> decide);
}

public record OwnedFactor(string Id, string Type, bool Verified);

public static class MfaEndpoints
{
    private const string Issuer = "Example App";
    private const string SmsTemplate = "Your Example App code is {{code}}.\n\n@app.example #{{code}}";
    private const int MaxBody = 16 * 1024;
    private static readonly string[] Origins = ["https://app.example"]; // your own, written out

    // What WorkOS may say that the person should hear. Anything else is our own trouble: 502, without its words.
    private static readonly HashSet<string> PassedOn =
    [
        "authentication_challenge_expired",
        "authentication_challenge_previously_verified",
        "invalid_one_time_code",
        "invalid_phone_number",
        "one_time_code_expired",
        "one_time_code_previously_used",
        "one_time_code_too_many_attempts",
    ];

    private sealed class Refusal(int status, string code, int? retryAfter = null) : Exception(code)
    {
        public int Status => status;

        public string Code => code;

        public int? RetryAfter => retryAfter;
    }

    public static void MapMfa(this IEndpointRouteBuilder routes, WorkOSClient client)
    {
        var mfa = client.MultiFactorAuth;
        var group = routes.MapGroup("/api/mfa");

        group.MapGet("/factors", Answer(async (http, user, table) =>
        {
            var data = new List<object>();
            foreach (var owned in await table.Of(user.Id))
            {
                try
                {
                    data.Add(FactorWire(owned, await Call(() => mfa.GetFactorAsync(owned.Id))));
                }
                catch (Refusal refusal) when (refusal.Status == 404)
                {
                    // WorkOS no longer has it.
                }
            }

            return (200, Wire(("data", data)));
        }));

        group.MapPost("/factors", Answer(async (http, user, table) =>
        {
            var body = await ReadBody(http);
            RequireSecondFactor(user, await table.Of(user.Id));
            var type = Text(body, "type");
            var phone = Text(body, "phone_number") ?? "";
            var options = type switch
            {
                "totp" => new MultiFactorAuthEnrollFactorOptions
                {
                    Type = AuthenticationFactorsCreateRequestType.Totp,
                    TotpIssuer = Issuer,
                    TotpUser = user.Email,
                },
                "sms" when Regex.IsMatch(phone, @"^\+[1-9][0-9]{6,14}\z") => new MultiFactorAuthEnrollFactorOptions
                {
                    Type = AuthenticationFactorsCreateRequestType.Sms,
                    PhoneNumber = phone,
                },
                "sms" => throw new Refusal(422, "invalid_phone_number"),
                _ => throw new Refusal(422, "invalid_request"),
            };
            var factor = await Call(() => mfa.EnrollFactorAsync(options));
            var owned = new OwnedFactor(factor.Id, type!, Verified: false);
            await table.Add(owned, user.Id);
            var wire = FactorHead(owned, factor.CreatedAt, factor.UpdatedAt);
            if (factor.Totp is { } totp)
            {
                wire["totp"] = Wire(
                    ("issuer", totp.Issuer),
                    ("user", totp.User),
                    ("secret", totp.Secret),
                    ("qr_code", totp.QrCode),
                    ("uri", totp.Uri));
            }
            else
            {
                wire["sms"] = Wire(("phone_number", Mask(phone)));
            }

            return (201, wire);
        }));

        group.MapGet("/factors/{id}", Answer(async (http, user, table) =>
        {
            var owned = await Owned(http, user, table);
            return (200, FactorWire(owned, await Call(() => mfa.GetFactorAsync(owned.Id))));
        }));

        group.MapDelete("/factors/{id}", Answer(async (http, user, table) =>
        {
            var owned = await Owned(http, user, table);
            if (owned.Verified) RequireSecondFactor(user, await table.Of(user.Id));
            try
            {
                await Call(async () =>
                {
                    await mfa.DeleteFactorAsync(owned.Id);
                    return true;
                });
            }
            catch (Refusal refusal) when (refusal.Status == 404)
            {
                // Gone already is gone.
            }

            await table.Remove(owned.Id);
            return (204, null);
        }));

        group.MapPost("/factors/{id}/challenge", Answer(async (http, user, table) =>
        {
            await ReadBody(http);
            var owned = await Owned(http, user, table);
            if (!owned.Verified) RequireSecondFactor(user, await table.Of(user.Id));
            var options = new MultiFactorAuthChallengeFactorOptions { SmsTemplate = SmsTemplate };
            var challenge = await Call(() => mfa.ChallengeFactorAsync(owned.Id, options));
            await table.AddChallenge(challenge.Id, owned.Id, user.Id);
            return (201, ChallengeWire(challenge));
        }));

        group.MapPost("/challenges/{id}/verify", Answer(async (http, user, table) =>
        {
            var challengeId = IdOf(http);
            var code = Text(await ReadBody(http), "code");
            if (code is null || !Regex.IsMatch(code, @"^[0-9]{4,10}\z")) throw new Refusal(422, "invalid_request");
            if (await table.FactorOfChallenge(user.Id, challengeId) is null) throw new Refusal(404, "entity_not_found");
            var options = new MultiFactorAuthVerifyChallengeOptions { Code = code };
            var verification = await Call(() => mfa.VerifyChallengeAsync(challengeId, options));
            if (verification.Challenge?.Id != challengeId) throw new Refusal(502, "server_error");
            if (verification.Valid)
            {
                var isProof = await table.Accept(challengeId, user.Id, (factor, all) =>
                {
                    // Anybody can show the code of a factor they just added.
                    if (factor.Verified || !all.Any(each => each.Verified)) return true;
                    RequireSecondFactor(user, all);
                    return false;
                });
                // Of two that come at once, one passes.
                if (isProof is null) throw new Refusal(422, "authentication_challenge_previously_verified");
                if (isProof.Value) http.RequestServices.GetRequiredService<ISessions>().Complete(http);
            }

            return (200, Wire(("challenge", ChallengeWire(verification.Challenge)), ("valid", verification.Valid)));
        }));
    }

    private delegate Task<(int Status, Dictionary<string, object?>? Body)> Operation(HttpContext http, SignedIn user, IFactorTable table);

    private static RequestDelegate Answer(Operation operation) => async http =>
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.Vary = "Cookie, Origin";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        int status;
        Dictionary<string, object?>? body;
        try
        {
            var user = http.RequestServices.GetRequiredService<ISessions>().UserOf(http) ?? throw new Refusal(401, "unauthenticated");
            if (!HttpMethods.IsGet(http.Request.Method)) RequireOwnPage(http.Request.Headers);
            (status, body) = await operation(http, user, http.RequestServices.GetRequiredService<IFactorTable>());
        }
        catch (Exception error)
        {
            // Log its type alone: a message may hold a phone number.
            var refusal = error as Refusal ?? new Refusal(500, "server_error");
            status = refusal.Status;
            body = Wire(("code", refusal.Code), ("message", "The request was refused."));
            if (refusal.RetryAfter is { } seconds)
            {
                body["retry_after"] = seconds;
                http.Response.Headers.RetryAfter = seconds.ToString();
            }
        }

        http.Response.StatusCode = status;
        if (body is not null) await http.Response.WriteAsJsonAsync(body);
    };

    /// <summary>Refuses a session that has shown the password alone, where the account has a second factor.</summary>
    private static void RequireSecondFactor(SignedIn user, IReadOnlyList<OwnedFactor> factors)
    {
        if (!user.IsComplete && factors.Any(each => each.Verified)) throw new Refusal(403, "step_up_required");
    }

    /// <summary>Refuses what another site made the browser send.</summary>
    private static void RequireOwnPage(IHeaderDictionary headers)
    {
        string? site = headers["Sec-Fetch-Site"], origin = headers.Origin;
        var isOwn = (site ?? origin) is not null
            && site is null or "same-origin"
            && (origin is null || Origins.Contains(origin));
        if (!isOwn || headers["X-Requested-With"] != "mfa-kit") throw new Refusal(403, "forbidden");
    }

    private static async Task<JsonElement> ReadBody(HttpContext http)
    {
        var type = http.Request.ContentType?.Split(';')[0].Trim();
        if (!string.Equals(type, "application/json", StringComparison.OrdinalIgnoreCase)) throw new Refusal(415, "invalid_request");
        var buffer = new byte[MaxBody + 1];
        var length = await http.Request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false);
        if (length > MaxBody) throw new Refusal(413, "invalid_request");
        try
        {
            var body = JsonSerializer.Deserialize<JsonElement>(buffer.AsSpan(0, length));
            if (body.ValueKind == JsonValueKind.Object) return body;
        }
        catch (JsonException)
        {
            // Refused below.
        }

        throw new Refusal(400, "invalid_request");
    }

    private static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Somebody else's is answered as one that does not exist.</summary>
    private static async Task<OwnedFactor> Owned(HttpContext http, SignedIn user, IFactorTable table) =>
        await table.Find(user.Id, IdOf(http)) ?? throw new Refusal(404, "entity_not_found");

    private static string IdOf(HttpContext http)
    {
        var id = (string)http.Request.RouteValues["id"]!;
        return Regex.IsMatch(id, @"^[A-Za-z0-9_-]{1,128}\z") ? id : throw new Refusal(404, "entity_not_found");
    }

    /// <summary>Calls WorkOS, and turns its errors into the contract's.</summary>
    private static async Task<T> Call<T>(Func<Task<T>> operation)
    {
        try
        {
            return await operation();
        }
        catch (ApiException error)
        {
            if (error.StatusCode == HttpStatusCode.NotFound) throw new Refusal(404, "entity_not_found");
            if (error.StatusCode == HttpStatusCode.TooManyRequests) throw new Refusal(429, "rate_limit_exceeded", 30);
            throw error.Code is { } code && PassedOn.Contains(code) ? new Refusal(422, code) : new Refusal(502, "server_error");
        }
        catch (Exception)
        {
            throw new Refusal(502, "server_error"); // a lost connection, a time-out, an answer that is no JSON
        }
    }

    // Field by field: what nobody thought of stays inside, and with it a challenge's `code`. A dictionary, because a
    // naming policy would make camelCase of an object's names.

    private static Dictionary<string, object?> Wire(params (string Name, object? Value)[] fields) =>
        fields.Where(field => field.Value is not null).ToDictionary(field => field.Name, field => field.Value);

    private static Dictionary<string, object?> FactorHead(OwnedFactor owned, DateTimeOffset createdAt, DateTimeOffset updatedAt) =>
        Wire(
            ("id", owned.Id),
            ("type", owned.Type),
            ("status", owned.Verified ? "verified" : "pending"),
            ("created_at", createdAt),
            ("updated_at", updatedAt));

    private static Dictionary<string, object?> FactorWire(OwnedFactor owned, AuthenticationFactor factor)
    {
        var wire = FactorHead(owned, factor.CreatedAt, factor.UpdatedAt);
        if (factor.Totp is { } totp) wire["totp"] = Wire(("issuer", totp.Issuer), ("user", totp.User));
        if (factor.Sms is { } sms) wire["sms"] = Wire(("phone_number", Mask(sms.PhoneNumber)));
        return wire;
    }

    private static Dictionary<string, object?> ChallengeWire(AuthenticationChallenge challenge) =>
        Wire(
            ("id", challenge.Id),
            ("authentication_factor_id", challenge.AuthenticationFactorId),
            ("created_at", challenge.CreatedAt),
            ("expires_at", challenge.ExpiresAt));

    private static string Mask(string number) => "•••• " + number[^Math.Min(4, number.Length)..];
}
