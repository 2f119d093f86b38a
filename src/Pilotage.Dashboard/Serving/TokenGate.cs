using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Pilotage.Dashboard.Serving;

/// <summary>Lets nobody in without the token, where there is one; health is told to everybody.</summary>
internal sealed class TokenGate(RequestDelegate next, ServingOptions options)
{
    private readonly byte[]? _wanted = string.IsNullOrEmpty(options.Token) ? null : SHA256.HashData(Encoding.UTF8.GetBytes($"Bearer {options.Token}"));

    public Task InvokeAsync(HttpContext context)
    {
        if (_wanted is null || context.Request.Path == "/health") return next(context);
        // Hashes have one length and are compared in a time that tells nothing.
        var given = SHA256.HashData(Encoding.UTF8.GetBytes(context.Request.Headers.Authorization.ToString()));
        if (CryptographicOperations.FixedTimeEquals(given, _wanted)) return next(context);
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return HttpGate.Refuse(context, StatusCodes.Status401Unauthorized, "PIL1716  The token is missing or wrong. Send the header Authorization: Bearer <token>.");
    }
}
