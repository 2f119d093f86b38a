using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Pilotage.Cluster.Hosting;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Cluster.Tests.Hosting;

/// <summary>Processes that encrypt with one certificate or another, or not at all, and what is told of those that differ.</summary>
public sealed class EncryptionProbeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ThrowIfOthersDiffer_EachPair_OnlyEqualOnesPass()
    {
        using var ours = TestCertificate.Read(TestCertificate.Write(_folder, "ours"));
        using var theirs = TestCertificate.Read(TestCertificate.Write(_folder, "theirs"));
        var told = new List<string>();
        foreach (var (mine, other) in from mine in new[] { null, ours } from other in new[] { null, ours, theirs } select (mine, other))
        {
            using var silo = new Speaker(other);
            var problem = await ProblemAsync(mine, silo.Place);
            Assert.Equal(ReferenceEquals(mine, other), problem is null);
            if (problem is not null) told.Add(problem.Replace($"{silo.Place}", "PLACE", StringComparison.Ordinal));
        }

        Snapshot.Matches(string.Join("\n", told));
    }

    // A worker that died stands in the list until the others have noticed; it must not keep anybody away.
    [Fact]
    public async Task ThrowIfOthersDiffer_NobodyThere_Passes()
    {
        using var ours = TestCertificate.Read(TestCertificate.Write(_folder, "ours"));
        using var silo = new Speaker(ours);
        IPEndPoint[] places = [new(IPAddress.Loopback, Server.FreePort()), silo.Place];

        await EncryptionProbe.ThrowIfOthersDifferAsync(new(ours), places, "cluster", TestContext.Current.CancellationToken);
    }

    private static async Task<string?> ProblemAsync(X509Certificate2? mine, IPEndPoint place)
    {
        try
        {
            await EncryptionProbe.ThrowIfOthersDifferAsync(mine is null ? null : new(mine), [place], "cluster 'pilotage' in Redis", TestContext.Current.CancellationToken);
            return null;
        }
        catch (UserMistakeException mistake)
        {
            return mistake.Problems.Single();
        }
    }

    /// <summary>Answers one caller as a silo does: by TLS that asks for a certificate, or by cutting off what it does not understand.</summary>
    private sealed class Speaker : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Task _answer;

        public Speaker(X509Certificate2? certificate)
        {
            _listener.Start();
            _answer = AnswerAsync(certificate);
        }

        public IPEndPoint Place => (IPEndPoint)_listener.LocalEndpoint;

        public void Dispose()
        {
            _listener.Dispose();
            _answer.GetAwaiter().GetResult();
        }

        private async Task AnswerAsync(X509Certificate2? certificate)
        {
            using var caller = await _listener.AcceptTcpClientAsync();
            if (certificate is null)
            {
                await caller.GetStream().ReadExactlyAsync(new byte[8]);
                return;
            }
            await using var stream = new SslStream(caller.GetStream());
            try
            {
                await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
                {
                    ServerCertificate = certificate, ClientCertificateRequired = true, RemoteCertificateValidationCallback = (_, remote, _, _) => remote?.GetCertHashString() == certificate.GetCertHashString(),
                });
            }
            catch (Exception failure) when (failure is AuthenticationException or IOException) { }
        }
    }
}
