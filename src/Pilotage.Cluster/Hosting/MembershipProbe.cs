using System.Net.Sockets;
using Npgsql;
using StackExchange.Redis;

namespace Pilotage.Cluster.Hosting;

/// <summary>Looks whether a membership can be reached, before Orleans tries for minutes.</summary>
internal static class MembershipProbe
{
    /// <summary>Connects once.</summary>
    /// <exception cref="UserMistakeException">It cannot be reached; the message has no password in it.</exception>
    public static async Task ThrowIfUnreachableAsync(ClusterAddress address, CancellationToken cancellation)
    {
        try
        {
            if (address.Membership == ClusterMembership.Redis)
            {
                var options = ConfigurationOptions.Parse(address.ConnectionString);
                (options.AbortOnConnectFail, options.ConnectRetry) = (true, 0);
                await using var connection = await ConnectionMultiplexer.ConnectAsync(options).WaitAsync(cancellation);
                await connection.GetDatabase().PingAsync().WaitAsync(cancellation);
            }
            else
            {
                await using var connection = new NpgsqlConnection(address.ConnectionString);
                await connection.OpenAsync(cancellation);
            }
        }
        catch (Exception failure) when (failure is RedisException or NpgsqlException or SocketException or ArgumentException or TimeoutException)
        {
            throw Unreachable(address, failure is ArgumentException ? "its connection string cannot be read" : Safe(failure));
        }
    }

    // Of Redis only the kind: its texts hold the whole configuration at times, and passwords may be in that.
    private static string Safe(Exception failure) => failure switch
    {
        RedisConnectionException redis => redis.FailureType == ConnectionFailureType.AuthenticationFailure ? "it refused the password" : $"no connection ({redis.FailureType})",
        RedisException => "it answered with an error",
        _ => failure.Message.ReplaceLineEndings(" ").TrimEnd('.'),
    };

    private static UserMistakeException Unreachable(ClusterAddress address, string why) => new(new Mistake(
        "PIL2102", $"The {address.Membership} that {ClusterAddress.ConnectionVariable} names cannot be used: {why}.", "", $"Check that it runs and that host, port, user and password are right; pilotage doctor --cluster {address.Membership.ToString().ToLowerInvariant()} tries again.").ToString());
}
