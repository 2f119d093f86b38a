using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Pilotage.Testing;

namespace Pilotage.Cluster.Tests.Hosting;

/// <summary>Certificates made for a test, as <c>docs/cluster.md</c> has a user make them.</summary>
internal static class TestCertificate
{
    /// <summary>Writes a new certificate with its key.</summary>
    /// <returns>The PEM file.</returns>
    public static string Write(TemporaryFolder folder, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=pilotage", key, HashAlgorithmName.SHA256).CreateSelfSigned(new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2120, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var path = folder.In($"{name}.pem");
        File.WriteAllText(path, $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        return path;
    }

    /// <summary>Reads one as a process of a cluster does.</summary>
    public static X509Certificate2 Read(string path)
    {
        using var fromText = X509Certificate2.CreateFromPemFile(path);
        return X509CertificateLoader.LoadPkcs12(fromText.Export(X509ContentType.Pkcs12), null);
    }
}
