using Grpc.Core;
using Pilotage.Dashboard.Serving.Wire;
using Xunit;

namespace Pilotage.Dashboard.Tests.Serving;

public sealed class ServingGrpcTests : ServiceFixture
{
    [Fact]
    public async Task ActAndActBatch_GiveWhatThePolicyChooses()
    {
        var policy = ToyPolicy.Choice(1);
        ToyPolicy.Save(policy, ToyPolicy.Masked, Folder.In("policy"), 1);
        await using var host = await Start();
        using var channel = Channel(host);
        var client = Grpc(channel);
        bool[] legal = [false, true, true, false];

        var one = await client.ActAsync(new() { Observation = { Observation }, Legal = { legal } }, cancellationToken: Cancelled);
        var many = await client.ActBatchAsync(new() { Rows = 2, Observations = { Observation, new float[] { 1, 1, 1 } }, Legal = { legal, new bool[] { true, true, true, true } } }, cancellationToken: Cancelled);
        var about = await client.DescribeAsync(new(), cancellationToken: Cancelled);

        Assert.Equal([ToyPolicy.IndexOf(policy, Observation, legal)], one.Action.Indices);
        Assert.Equal([ToyPolicy.IndexOf(policy, Observation, legal), ToyPolicy.IndexOf(policy, [1, 1, 1])], many.Actions.Select(action => action.Indices.Single()));
        Assert.Equal(("Toy", 3u, "one of 4, masked", host.Policy.Version), (about.Environment, about.ObservationSize, about.Actions, about.Version));
    }

    [Fact]
    public async Task Act_WithTheMemoryGivenBack_PlaysTheEpisode()
    {
        var policy = ToyPolicy.Recurrent(2);
        ToyPolicy.Save(policy, ToyPolicy.Both, Folder.In("policy"), 1);
        await using var host = await Start();
        using var channel = Channel(host);
        float[][] observations = [[0, 1, 0], [1, 0, -1], [1, 0, -1]];
        var wanted = ToyPolicy.Episode(policy, observations);
        var request = new ActRequest();

        for (var step = 0; step < observations.Length; step++)
        {
            request.Observation.Clear();
            request.Observation.AddRange(observations[step]);
            var reply = await Grpc(channel).ActAsync(request, cancellationToken: Cancelled);
            Assert.Equal(wanted[step], reply.Action.Values);
            request.Memory = reply.Action.Memory;
        }
    }

    [Fact]
    public async Task Request_ThatCannotBeAnswered_IsInvalidWithTheReason()
    {
        ToyPolicy.Save(ToyPolicy.Choice(1), ToyPolicy.Masked, Folder.In("policy"), 1);
        await using var host = await Start(options => options with { MaximumBatch = 4, MaximumBodyBytes = 4096, Token = "secret" });
        using var channel = Channel(host);
        var client = Grpc(channel);
        var token = new Metadata { { "authorization", "Bearer secret" } };

        Assert.Equal(StatusCode.Unauthenticated, (await Refused(client.ActAsync(new() { Observation = { Observation } }))).StatusCode);
        var size = await Refused(client.ActAsync(new() { Observation = { 1, 2 } }, token));
        Assert.Equal(StatusCode.InvalidArgument, size.StatusCode);
        Assert.StartsWith("PIL0902", size.Status.Detail, StringComparison.Ordinal);
        Assert.Contains("place, speed, load", size.Status.Detail, StringComparison.Ordinal);
        Assert.StartsWith("PIL0903", (await Refused(client.ActAsync(new() { Observation = { 1, float.NaN, 2 } }, token))).Status.Detail, StringComparison.Ordinal);
        Assert.StartsWith("PIL1711", (await Refused(client.ActBatchAsync(new() { Rows = 5, Observations = { new float[15] } }, token))).Status.Detail, StringComparison.Ordinal);
        Assert.StartsWith("PIL1711", (await Refused(client.ActBatchAsync(new(), token))).Status.Detail, StringComparison.Ordinal);
        Assert.StartsWith("PIL1712", (await Refused(client.ActBatchAsync(new() { Rows = 2, Observations = { new float[5] } }, token))).Status.Detail, StringComparison.Ordinal);
        Assert.StartsWith("PIL1713", (await Refused(client.ActAsync(new() { Observation = { Observation }, Memory = Google.Protobuf.ByteString.CopyFromUtf8("hello") }, token))).Status.Detail, StringComparison.Ordinal);
        Assert.Equal(StatusCode.ResourceExhausted, (await Refused(client.ActAsync(new() { Observation = { new float[3000] } }, token))).StatusCode);
        Assert.Single((await client.ActAsync(new() { Observation = { Observation } }, token, cancellationToken: Cancelled)).Action.Indices);
    }

    private static async Task<RpcException> Refused<T>(AsyncUnaryCall<T> call) => await Assert.ThrowsAsync<RpcException>(async () => await call.ResponseAsync.WaitAsync(Cancelled));
}
