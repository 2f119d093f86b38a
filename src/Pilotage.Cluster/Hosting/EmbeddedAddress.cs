using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Pilotage.Cluster.Hosting;

/// <summary>Where the first silo of an embedded cluster listens, and the cluster's name; as text <c>127.0.0.1:40123/4711</c>.</summary>
/// <param name="Silo">The silo's address.</param>
/// <param name="Name">The cluster's name.</param>
public sealed record EmbeddedAddress(IPEndPoint Silo, string Name)
{
    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <param name="text">The text.</param>
    /// <param name="address">The address.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out EmbeddedAddress? address)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        address = slash > 0 && slash < text.Length - 1 && IPEndPoint.TryParse(text[..slash], out var silo) && silo.Port > 0 ? new(silo, text[(slash + 1)..]) : null;
        return address is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Silo}/{Name}";
}
