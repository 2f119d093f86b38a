using System.Net;
using System.Text;
using System.Text.Json;
using Pilotage.Policies;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Dashboard.Tests.Serving;

public sealed class ServingHttpTests : ServiceFixture
{
    [Fact]
    public async Task Act_ObservationsAndMasks_GivesWhatThePolicyChooses()
    {
        var policy = ToyPolicy.Choice(1);
        ToyPolicy.Save(policy, ToyPolicy.Masked, Folder.In("policy"), 1);
        await using var host = await Start();
        using var client = Client(host);

        for (var only = 0; only < 4; only++)
        {
            var legal = Enumerable.Range(0, 4).Select(action => action == only || action == 3).ToArray();
            var answer = await Act(client, new { observation = Observation, legal });
            Assert.Equal(ToyPolicy.IndexOf(policy, Observation, legal), answer.GetProperty("indices")[0].GetInt32());
            Assert.Equal(PolicyFile.ReadManifest(Folder.In("policy")).ParameterHash, answer.GetProperty("version").GetString());
            Assert.False(answer.TryGetProperty("memory", out _));
        }
        Assert.Equal(ToyPolicy.IndexOf(policy, Observation), (await Act(client, new { observation = Observation })).GetProperty("indices")[0].GetInt32());
    }

    [Fact]
    public async Task ActBatch_Rows_GivesWhatEachWouldGetAlone()
    {
        var policy = ToyPolicy.Choice(1);
        ToyPolicy.Save(policy, ToyPolicy.Masked, Folder.In("policy"), 1);
        await using var host = await Start();
        using var client = Client(host);
        float[][] observations = [.. Enumerable.Range(0, 37).Select(i => new float[] { MathF.Sin(i), MathF.Cos(3 * i), i % 5 - 2 })];
        bool[][] legal = [.. Enumerable.Range(0, 37).Select(i => new[] { i % 2 == 0, i % 3 == 0, true, i % 5 == 0 })];

        var answer = await Act(client, new { observations, legal }, "/act-batch");

        Assert.Equal(
            observations.Zip(legal, (observation, mask) => ToyPolicy.IndexOf(policy, observation, mask)),
            answer.GetProperty("actions").EnumerateArray().Select(action => action.GetProperty("indices")[0].GetInt32()));
    }

    [Fact]
    public async Task Act_WithTheMemoryGivenBack_PlaysTheEpisode()
    {
        var policy = ToyPolicy.Recurrent(1);
        ToyPolicy.Save(policy, ToyPolicy.Both, Folder.In("policy"), 1);
        await using var host = await Start();
        using var client = Client(host);
        float[][] observations = [[0, 1, 0], [1, 0, -1], [1, 0, -1], [0.5f, 0.5f, 0]];
        var wanted = ToyPolicy.Episode(policy, observations);
        string? memory = null;

        for (var step = 0; step < observations.Length; step++)
        {
            // A second episode in the same requests, begun anew each time: memories of rows do not mix.
            var answer = await Act(client, new { observations = new[] { observations[0], observations[step] }, memories = new[] { null, memory } }, "/act-batch");
            var actions = answer.GetProperty("actions");
            Assert.Equal(wanted[step], actions[1].GetProperty("values").EnumerateArray().Select(value => value.GetSingle()));
            Assert.Equal(wanted[0], actions[0].GetProperty("values").EnumerateArray().Select(value => value.GetSingle()));
            memory = actions[1].GetProperty("memory").GetString();
        }
        var alone = await Act(client, new { observation = observations[0] });
        Assert.Equal(wanted[0], alone.GetProperty("values").EnumerateArray().Select(value => value.GetSingle()));
        Assert.NotEqual(wanted[1], wanted[2]);                                           // else memory would tell nothing
    }

    [Theory]
    [InlineData("wrong_size", "/act", """{ "observation": [1, 2] }""")]
    [InlineData("not_a_number", "/act", """{ "observation": [1, "NaN", 2] }""")]
    [InlineData("mask_of_another_size", "/act", """{ "observation": [1, 2, 3], "legal": [true] }""")]
    [InlineData("nothing_legal", "/act", """{ "observation": [1, 2, 3], "legal": [false, false, false, false] }""")]
    [InlineData("misspelt", "/act", """{ "observations": [1, 2, 3] }""")]
    [InlineData("no_observation", "/act", """{ }""")]
    [InlineData("a_text_in_it", "/act", """{ "observation": [1, "two", 3] }""")]
    [InlineData("null_in_it", "/act", """{ "observation": null }""")]
    [InlineData("cut_off", "/act", """{ "observation": [1, 2""")]
    [InlineData("nothing_at_all", "/act", "")]
    [InlineData("foreign_memory", "/act", """{ "observation": [1, 2, 3], "memory": "aGVsbG8=" }""")]
    [InlineData("no_base64", "/act", """{ "observation": [1, 2, 3], "memory": "!" }""")]
    [InlineData("empty_batch", "/act-batch", """{ "observations": [] }""")]
    [InlineData("ragged_batch", "/act-batch", """{ "observations": [[1, 2, 3], [1, 2], [3]] }""")]
    [InlineData("null_row", "/act-batch", """{ "observations": [[1, 2, 3], null] }""")]
    [InlineData("too_few_masks", "/act-batch", """{ "observations": [[1, 2, 3], [1, 2, 3]], "legal": [[true, true, true, true]] }""")]
    [InlineData("too_many_memories", "/act-batch", """{ "observations": [[1, 2, 3]], "memories": [null, null] }""")]
    [InlineData("second_row_wrong", "/act-batch", """{ "observations": [[1, 2, 3], [1, 2, "Infinity"]] }""")]
    [InlineData("batch_too_large", "/act-batch", """{ "observations": [[1,2,3],[1,2,3],[1,2,3],[1,2,3],[1,2,3]] }""")]
    public async Task Request_ThatCannotBeAnswered_Is400WithTheReason(string name, string path, string body)
    {
        ToyPolicy.Save(ToyPolicy.Choice(1), ToyPolicy.Masked, Folder.In("policy"), 1);
        await using var host = await Start(options => options with { MaximumBatch = 4 });
        using var client = Client(host);

        using var answer = await Post(client, path, body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Snapshot.Matches(await answer.Content.ReadAsStringAsync(Cancelled), name);
        Assert.Equal(ToyPolicy.IndexOf(ToyPolicy.Choice(1), Observation), (await Act(client, new { observation = Observation })).GetProperty("indices")[0].GetInt32());
    }

    [Fact]
    public async Task Request_MemoryOfAnotherSize_Is400()
    {
        ToyPolicy.Save(ToyPolicy.Recurrent(1), ToyPolicy.Both, Folder.In("policy"), 1);
        await using var host = await Start();
        using var client = Client(host);
        var memory = Convert.FromBase64String((await Act(client, new { observation = Observation })).GetProperty("memory").GetString()!);

        using var shorter = await Post(client, "/act", JsonSerializer.Serialize(new { observation = Observation, memory = Convert.ToBase64String(memory[..^4]) }));
        BitConverter.TryWriteBytes(memory.AsSpan(8), float.NaN);
        using var notANumber = await Post(client, "/act", JsonSerializer.Serialize(new { observation = Observation, memory = Convert.ToBase64String(memory) }));

        Assert.Contains("PIL0907", await shorter.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        Assert.Contains("PIL1713", await notANumber.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_OfAnotherKind_IsRefusedByItsKind()
    {
        ToyPolicy.Save(ToyPolicy.Choice(1), ToyPolicy.Masked, Folder.In("policy"), 1);
        await using var host = await Start(options => options with { MaximumBodyBytes = 4096 });
        using var client = Client(host);

        using var large = await Post(client, "/act", new string('x', 5000));
        using var unknownLength = await client.PostAsync("/act", new StreamContent(new Unsized(5000)) { Headers = { { "Content-Type", "application/json" } } }, Cancelled);
        using var form = await client.PostAsync("/act", new StringContent("observation=1", Encoding.UTF8, "text/plain"), Cancelled);
        using var get = await client.GetAsync("/act", Cancelled);
        using var nowhere = await client.GetAsync("/../policy.json", Cancelled);
        using var stranger = new HttpRequestMessage(HttpMethod.Get, "/policy") { Headers = { Host = "evil.example" } };
        using var rebound = await client.SendAsync(stranger, Cancelled);

        Assert.Equal(
            [HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.UnsupportedMediaType, HttpStatusCode.MethodNotAllowed, HttpStatusCode.NotFound, HttpStatusCode.BadRequest],
            new[] { large, unknownLength, form, get, nowhere, rebound }.Select(answer => answer.StatusCode));
        Assert.Contains("PIL1714", await large.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        Assert.Contains("PIL1717", await form.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Policy_HealthAndOpenApi_SayWhatIsServed()
    {
        ToyPolicy.Save(ToyPolicy.Choice(1), ToyPolicy.Masked, Folder.In("policy"), 1);
        await using var host = await Start();
        using var client = Client(host);

        var policy = await client.GetStringAsync("/policy", Cancelled);
        var health = await client.GetStringAsync("/health", Cancelled);
        using var openApi = JsonDocument.Parse(await client.GetStringAsync("/openapi/v1.json", Cancelled));

        Snapshot.Matches(policy.Replace(host.Policy.Version, "VERSION", StringComparison.Ordinal) + "\n" + health.Replace(host.Policy.Version, "VERSION", StringComparison.Ordinal));
        Assert.Equal(["/act", "/act-batch", "/health", "/metrics", "/policy"], openApi.RootElement.GetProperty("paths").EnumerateObject().Select(path => path.Name).Order(StringComparer.Ordinal));
        var schemas = openApi.RootElement.GetProperty("components").GetProperty("schemas");
        Assert.Equal(["observation"], schemas.GetProperty("ActQuestion").GetProperty("required").EnumerateArray().Select(name => name.GetString()));
    }

    /// <summary>A body whose length is not told beforehand.</summary>
    private sealed class Unsized(int length) : MemoryStream(Encoding.ASCII.GetBytes(new string('7', length)))
    {
        public override bool CanSeek => false;
    }
}
