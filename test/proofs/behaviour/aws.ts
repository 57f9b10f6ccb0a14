import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: 'the AWS SDK',
  versions: [{ package: '@aws-sdk/client-s3' }],
  clients: {
    Client: {
      quiet: { maxAttempts: 1 },
      start: async ({ lib, target, config, options, method }) => {
        const client = new lib.S3Client({
          region: 'us-east-1',
          credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
          endpoint: target.url,
          forcePathStyle: true,
          ...config,
        });
        const command =
          method === 'GET'
            ? new lib.GetObjectCommand({ Bucket: 'b', Key: 'k' })
            : new lib.PutObjectCommand({ Bucket: 'b', Key: 'k', Body: 'x' });
        const answer = await client.send(command, options);
        return answer.Body?.transformToString();
      },
    },
  },
});
