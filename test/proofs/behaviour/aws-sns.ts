import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'the AWS SDK',
  versions: [{ package: '@aws-sdk/client-sns' }],
  clients: {
    Client: {
      quiet: { maxAttempts: 1 },
      start: async ({ lib, target, config, options, method }) => {
        const client = new lib.SNSClient({
          region: 'us-east-1',
          credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
          endpoint: target.url,
          ...config,
        });
        const command =
          method === 'GET'
            ? new lib.ListTopicsCommand({})
            : new lib.PublishCommand({ TopicArn: 'arn:aws:sns:us-east-1:1:t', Message: 'm' });
        const answer = await client.send(command, options);
        return answer.Body?.transformToString();
      },
    },
  },
});
