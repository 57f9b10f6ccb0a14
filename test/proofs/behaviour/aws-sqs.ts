import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'the AWS SDK for SQS',
  versions: [{ package: '@aws-sdk/client-sqs' }],
  clients: {
    Client: {
      quiet: { maxAttempts: 1 },
      start: async ({ lib, target, config, options, method }) => {
        const client = new lib.SQSClient({
          region: 'us-east-1',
          credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
          endpoint: target.url,
          ...config,
        });
        const command =
          method === 'GET'
            ? new lib.ListQueuesCommand({})
            : new lib.SendMessageCommand({ QueueUrl: `${target.url}/1/q`, MessageBody: 'm' });
        const answer = await client.send(command, options);
        return answer.Body?.transformToString();
      },
    },
  },
});
