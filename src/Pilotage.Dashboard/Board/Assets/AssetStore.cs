using System.IO.Compression;
using System.Security.Cryptography;

namespace Pilotage.Dashboard.Board.Assets;

/// <summary>What browsers load beside pages: styles, scripts, the library of charts. All of it lies in this assembly; each is squeezed once, when it is first asked for.</summary>
internal sealed class AssetStore
{
    /// <summary>Where assets are.</summary>
    public const string Path = "/assets";

    // The styles of figures that the lab draws.
    private const string Figures = "figures.css";
    private readonly Dictionary<string, Lazy<Asset>> _assets;

    public AssetStore()
    {
        const string prefix = "assets/";
        var names = typeof(AssetStore).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Select(name => name[prefix.Length..]).Append(Figures);
        _assets = names.ToDictionary(name => name, name => new Lazy<Asset>(() => Read(name)));
    }

    /// <summary>An asset; <see langword="null"/> if there is none of this name.</summary>
    public Asset? Find(string name) => _assets.TryGetValue(name, out var asset) ? asset.Value : null;

    private static Asset Read(string name)
    {
        byte[] bytes;
        if (name == Figures)
        {
            bytes = System.Text.Encoding.UTF8.GetBytes(Lab.Drawing.PlotSvg.Style);
        }
        else
        {
            using var stream = typeof(AssetStore).Assembly.GetManifestResourceStream($"assets/{name}")!;
            bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
        }
        using var small = new MemoryStream();
        using (var gzip = new GZipStream(small, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(bytes);
        var kind = System.IO.Path.GetExtension(name) switch { ".css" => "text/css; charset=utf-8", ".js" => "text/javascript; charset=utf-8", ".svg" => "image/svg+xml", _ => "text/plain; charset=utf-8" };
        return new(bytes, small.ToArray(), kind, $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\"");
    }
}

/// <summary>One asset.</summary>
/// <param name="Bytes">As it is.</param>
/// <param name="Small">By gzip.</param>
/// <param name="Kind">Its media type.</param>
/// <param name="Tag">Changes with its content.</param>
internal sealed record Asset(byte[] Bytes, byte[] Small, string Kind, string Tag);
