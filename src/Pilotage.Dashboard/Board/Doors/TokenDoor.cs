using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Pilotage.Dashboard.Board.Doors;

/// <summary>Knows the token: programs send it as <c>Authorization: Bearer …</c>, browsers get a cookie for it that tells nothing of it.</summary>
internal sealed class TokenDoor(DashboardOptions options)
{
    /// <summary>Name of the cookie.</summary>
    public const string Cookie = "pilotage-visitor";

    private readonly byte[]? _token = string.IsNullOrEmpty(options.Token) ? null : Hash(options.Token);

    // Of this start of the dashboard alone: a cookie that was carried away ends with it.
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>Whether nobody is asked.</summary>
    public bool IsOpen => _token is null;

    /// <summary>Whether a text is the token. Hashes have one length and are compared in a time that tells nothing.</summary>
    public bool IsToken(string given) => _token is not null && CryptographicOperations.FixedTimeEquals(Hash(given), _token);

    /// <summary>Whether a caller may come in.</summary>
    public bool LetsIn(HttpRequest request)
    {
        if (IsOpen) return true;
        const string scheme = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        if (header.StartsWith(scheme, StringComparison.Ordinal)) return IsToken(header[scheme.Length..]);
        return request.Cookies[Cookie] is { } cookie && CryptographicOperations.FixedTimeEquals(Hash(cookie), Hash(CookieValue));
    }

    /// <summary>Gives the cookie to a browser that showed the token.</summary>
    public void Admit(HttpContext context) => context.Response.Cookies.Append(
        Cookie, CookieValue, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, Path = "/", IsEssential = true });

    private string CookieValue => Convert.ToHexStringLower(HMACSHA256.HashData(_key, _token!));

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
