import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'the AWS SDK for DynamoDB',
  versions: [{ package: '@aws-sdk/client-dynamodb' }],
  clients: {
    Client: {
      quiet: { maxAttempts: 1 },
      start: async ({ lib, target, config, options, method }) => {
        const client = new lib.DynamoDBClient({
          region: 'us-east-1',
          credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
          endpoint: target.url,
          ...config,
        });
        const command =
          method === 'GET'
            ? new lib.GetItemCommand({ TableName: 't', Key: { id: { S: '1' } } })
            : new lib.PutItemCommand({ TableName: 't', Item: { id: { S: '1' } } });
        const answer = await client.send(command, options);
        return answer.Body?.transformToString();
      },
    },
  },
});
