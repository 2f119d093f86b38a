using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Pilotage.Cluster.Hosting;

/// <summary>Looks whether a cluster's processes speak as this one does, encrypted or in clear, before Orleans tries for minutes and is cut off without a reason.</summary>
internal static class EncryptionProbe
{
    // Of a machine that is busy; one that takes longer is left to Orleans.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Speaks to each process that can be reached.</summary>
    /// <param name="own">What this process holds; <see langword="null"/> for nothing.</param>
    /// <param name="others">Where they listen.</param>
    /// <param name="cluster">For the message.</param>
    /// <param name="cancellation">Stops asking.</param>
    /// <exception cref="UserMistakeException">One of them is encrypted and this process is not, or the other way round, or their certificates differ (PIL2115).</exception>
    public static async Task ThrowIfOthersDifferAsync(ClusterCertificate? own, IEnumerable<IPEndPoint> others, string cluster, CancellationToken cancellation)
    {
        var answers = await Task.WhenAll(others.Select(async other => (Place: other, Speech: await ListenAsync(other, own, cancellation).ConfigureAwait(false)))).ConfigureAwait(false);
        var (place, speech) = answers.FirstOrDefault(answer => answer.Speech == (own is null ? Speech.OtherCertificate : Speech.Clear) || answer.Speech == Speech.OtherCertificate);
        if (place is null) return;
        var what = own is null ? "encrypts what it says, and this process has no certificate" : speech == Speech.Clear ? "speaks in clear, and this process has a certificate" : "has another certificate than this process";
        throw new UserMistakeException(new Mistake(
            "PIL2115", $"The process at {place} of {cluster} {what}.", "", $"Let {ClusterCertificate.Variable} name the same file in every process of a cluster, or in none.").ToString());
    }

    private static async Task<Speech> ListenAsync(IPEndPoint place, ClusterCertificate? own, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        using var socket = new Socket(place.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        var (isConnected, shown) = (false, default(bool?));
        try
        {
            await socket.ConnectAsync(place, limit.Token).ConfigureAwait(false);
            isConnected = true;
            await using var stream = new SslStream(new NetworkStream(socket));
            // Whether it is one of ours is all that is asked; nothing is sent over this connection.
            await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "pilotage",
                ClientCertificates = own is null ? null : [own.Certificate],
                RemoteCertificateValidationCallback = (_, remote, _, _) => (shown = own is not null && remote is not null && own.IsSame(remote)) == true,
            }, limit.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is AuthenticationException or IOException or SocketException or OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            // A process that is gone, or too busy to answer, says nothing of how it speaks.
            if (shown is null && (!isConnected || failure is OperationCanceledException)) return Speech.Silent;
        }
        return shown switch { true => Speech.SameCertificate, false => Speech.OtherCertificate, null => Speech.Clear };
    }

    private enum Speech
    {
        Silent,
        Clear,
        SameCertificate,
        OtherCertificate,
    }
}
