using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Orleans.Connections.Security;

namespace Pilotage.Cluster.Hosting;

/// <summary>One certificate with its key that all processes of a cluster hold: it encrypts what they say, and whoever does not hold it is turned away.</summary>
/// <param name="certificate">With its private key.</param>
internal sealed class ClusterCertificate(X509Certificate2 certificate)
{
    /// <summary>The variable that names the file.</summary>
    public const string Variable = "PILOTAGE_CLUSTER_CERTIFICATE";

    /// <summary>With its private key.</summary>
    public X509Certificate2 Certificate => certificate;

    /// <summary>The certificate that the environment names.</summary>
    /// <returns><see langword="null"/> if it names none.</returns>
    /// <exception cref="UserMistakeException">The file cannot be used.</exception>
    public static ClusterCertificate? OfEnvironment()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } path) return null;
        try
        {
            // Through PKCS #12: the TLS of some systems takes no key that exists in memory alone.
            using var fromText = X509Certificate2.CreateFromPemFile(path);
            return new(X509CertificateLoader.LoadPkcs12(fromText.Export(X509ContentType.Pkcs12), null));
        }
        catch (Exception failure) when (failure is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException(new Mistake(
                "PIL2109", $"{Variable} = {path} cannot be used: {failure.Message.TrimEnd('.')}.", "", "It must be a PEM file with a certificate and its unencrypted private key, the same in every process of the cluster.").ToString());
        }
    }

    /// <summary>Whether another process shows the same certificate.</summary>
    public bool IsSame(X509Certificate remote) => remote.GetRawCertData().AsSpan().SequenceEqual(certificate.RawDataMemory.Span);

    /// <summary>Secures a silo.</summary>
    public void Secure(ISiloBuilder silo) => silo.UseTls(Set);

    /// <summary>Secures a client.</summary>
    public void Secure(IClientBuilder client) => client.UseTls(Set);

    private void Set(TlsOptions options)
    {
        options.LocalCertificate = certificate;
        (options.RemoteCertificateMode, options.ClientCertificateMode) = (RemoteCertificateMode.RequireCertificate, RemoteCertificateMode.RequireCertificate);
        options.RemoteCertificateValidation = (remote, _, _) => IsSame(remote);
        options.OnAuthenticateAsClient = (_, authentication) => authentication.TargetHost = certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false);
    }
}
